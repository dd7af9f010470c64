import type { Baseline, BaselineIdentity, DatabaseSnapshot, Figure } from '@user-metrics/umami-db/verification';
import { compareBaselines, SECRET_KEYS } from '@user-metrics/umami-db/verification';
import { expect, test } from 'vitest';
import { baseline } from '../../../src/verification/database/baseline';
import { connections } from '../../../src/verification/database/connections';
import { databaseRole } from '../../../src/verification/database/database-role';
import { degradation } from '../../../src/verification/database/degradation';
import { isolation } from '../../../src/verification/database/isolation';
import { migrations } from '../../../src/verification/database/migrations';
import { otherSchemas } from '../../../src/verification/database/other-schemas';
import { schema } from '../../../src/verification/database/schema';
import { secret } from '../../../src/verification/database/secret';
import { expectedStage, testCriterion } from './criterion-cases';

const expected = expectedStage();
const { name: database } = expected.config.foundation.stages['dev']?.database ?? expect.unreachable();
const OWNER = 'UserMetrics-dev-Database/dev';
const withDatabase = (differing: object) =>
  expectedStage((stage) => {
    Object.assign((stage as { database: object }).database, differing);
  });

const found = { name: 'umami', owner: 'admin', ownership: OWNER };
const inDatabase = { database, server: '17.4', schema: found };
testCriterion(schema, inDatabase, {
  'there is no schema': { observed: { ...inDatabase, schema: null }, says: ['there is no schema umami'] },
  'the schema is of another stage': {
    observed: { ...inDatabase, schema: { ...found, ownership: 'Other/prod' } },
    says: [`the ownership comment names Other/prod instead of ${OWNER}`],
  },
  'the schema has no ownership comment': {
    observed: { ...inDatabase, schema: { ...found, ownership: null } },
    says: [`the ownership comment names nobody instead of ${OWNER}`],
  },
  'the configuration means another database': {
    expected: withDatabase({ name: 'other' }),
    says: [`the function is connected to database ${database} instead of other`],
  },
});

const role = {
  ...{ name: 'umami_user', ownership: OWNER, canLogin: true, connectionLimit: 30, powerful: false, memberOf: [] },
  settings: ['search_path=umami'],
};
const open = { object: 'database postgres', privileges: 'CONNECT', via: 'PUBLIC', fails: false };
const given = { object: 'table app.orders', privileges: 'SELECT', via: 'umami_user', fails: true };
const isolated = {
  ...{ rights: [open], rightCount: 1, failingCount: 0, unexpected: [] },
  attempts: { blocked: 23, allowed: 0, notTried: 2 },
};
const roles = { databaseRoles: [role], missing: [], isolation: isolated };
testCriterion(databaseRole, roles, {
  'there is no such database role': {
    observed: { ...roles, databaseRoles: [] },
    says: ['there is no database role umami_user'],
  },
  'it is more than a user of the schema': {
    observed: {
      ...roles,
      databaseRoles: [
        { ...role, powerful: true, memberOf: ['app'], connectionLimit: -1, settings: [], canLogin: false },
      ],
    },
    says: [
      'umami_user may not sign in',
      'umami_user is a superuser, or may create roles or databases, replicate or bypass row security',
      'umami_user is a member of app',
      'umami_user has no connection limit',
      'umami_user has no search_path',
    ],
  },
  'it was given a right on a table of the application': {
    observed: { ...roles, isolation: { ...isolated, rights: [given, open] } },
    says: ['SELECT on table app.orders, granted to umami_user'],
  },
  'it lacks a privilege, and a migration that is told elsewhere': {
    observed: { ...roles, missing: ['migration 26_add_api_key', 'grant usage on schema "umami" to "umami_user"'] },
    says: ['missing: grant usage on schema "umami" to "umami_user"'],
  },
});

const held = { keys: [...SECRET_KEYS, 'UMAMI_ADMIN_PASSWORD'], username: 'umami_user', differing: [] };
const signedIn = { secret: { ...held, tls: 'TLSv1.3', failure: null }, databaseRoles: [role] };
const withSecret = (differing: object) => ({ ...signedIn, secret: { ...signedIn.secret, ...differing } });
testCriterion(secret, signedIn, {
  'it lacks keys': {
    observed: withSecret({ keys: SECRET_KEYS.filter((key) => key !== 'APP_SECRET') }),
    says: ['the secret lacks APP_SECRET', 'the secret lacks UMAMI_ADMIN_PASSWORD'],
  },
  'its password is refused': {
    observed: withSecret({ tls: null, failure: 'The database refuses user umami_user.' }),
    says: ['The database refuses user umami_user.'],
  },
  'it names another database role': {
    observed: withSecret({ username: 'postgres' }),
    says: ['the secret names database role postgres, which is not of Umami'],
  },
  'its connection string is another one': {
    observed: withSecret({ differing: ['DATABASE_URL'] }),
    says: ['DATABASE_URL differs from the other values of the secret'],
  },
  'nobody signed in': { observed: withSecret({ tls: null }), says: ['nobody signed in over TLS with the secret'] },
  'a version of the password is missing': {
    expected: withDatabase({ passwordVersion: '2026-11' }),
    says: ['the secret lacks passwordVersion'],
  },
});

test('a secret needs no password of an administrator that there is not, or that was adopted', () => {
  const without = withSecret({ keys: SECRET_KEYS });
  for (const differing of [{ umamiAdministrator: 'none' }, { adopt: true }])
    expect(secret.evaluate(without, withDatabase(differing)).wrong).toEqual([]);
});

testCriterion(
  isolation,
  { isolation: isolated },
  {
    'a right on a table of the application': {
      observed: { isolation: { ...isolated, rights: [given], failingCount: 3 } },
      says: ['SELECT on table app.orders, granted to umami_user', '2 more rights outside of the schema'],
    },
    'an attempt succeeds': {
      observed: { isolation: { ...isolated, unexpected: ['read rows of a table: table app.orders is allowed'] } },
      says: ['read rows of a table: table app.orders is allowed'],
    },
    'nothing could be tried': {
      observed: { isolation: { ...isolated, attempts: null } },
      says: ['nothing was tried: the database role could not sign in'],
    },
  },
);

const ledger = { applied: ['01_init', '02_more'], pending: [], failed: [], ahead: [], recorded: 2 };
const migrated = { migrations: ledger, tables: { tables: 27, indexes: 120, wrong: [], added: [] }, problems: [] };
testCriterion(migrations, migrated, {
  'a migration is pending, another one failed': {
    observed: { ...migrated, migrations: { ...ledger, pending: ['03_next'], failed: ['02_more'] } },
    says: ['migration 03_next is not applied', 'migration 02_more began and did not end'],
  },
  'the ledgers differ': {
    observed: { ...migrated, migrations: { ...ledger, recorded: 1 } },
    says: ['1 migrations in the ledger of umami-db, 2 in that of Prisma'],
  },
  'an index is missing': {
    observed: { ...migrated, tables: { ...migrated.tables, wrong: ['missing index of website: website_user_id_idx'] } },
    says: ['missing index of website: website_user_id_idx'],
  },
  'the ledger cannot be read': {
    observed: { migrations: null, tables: null, problems: ['It belongs to somebody else.'] },
    says: ['the ledger of the migrations cannot be read', 'It belongs to somebody else.'],
  },
  'the tables cannot be compared': {
    observed: { ...migrated, tables: null, problems: ['The administrator may not create a schema.'] },
    says: ['the tables cannot be compared with the migrations', 'The administrator may not create a schema.'],
  },
});

const snapshot = (differing: object = {}): DatabaseSnapshot => ({
  ...{ action: 'snapshot', database, server: '17.4', serverObjects: { 'database role shop': '1' } },
  ...{ schemas: { app: { owner: 'shop', counts: { table: 2 }, catalog: 'c', grants: 'g' } } },
  ...{ umami: { schemas: {}, serverObjects: {} }, leftOut: [], ...differing },
});
const earlier = { takenAt: '2026-11-01T00:00:00.000Z', database: snapshot() };
const before = { ...expected, databaseBefore: { ...earlier, isBefore: true } };
testCriterion(
  otherSchemas,
  { snapshot: snapshot(), rows: { app: 100 } },
  {
    'grants in a schema of the application changed, and a database role is gone': {
      observed: {
        snapshot: snapshot({
          serverObjects: {},
          schemas: { app: { owner: 'shop', counts: {}, catalog: 'c', grants: 'h' } },
        }),
        rows: {},
      },
      says: ['changed: owners or grants in schema app', 'gone: database role shop'],
    },
    'the snapshot is of another database': {
      observed: { snapshot: snapshot({ database: 'other' }), rows: {} },
      says: [`the earlier snapshot is of database ${database}`],
    },
  },
  before,
);

test('of the schemas of others nothing is said of before the earliest snapshot', () => {
  const observed = { snapshot: snapshot(), rows: {} };
  const { unknown, wrong } = otherSchemas.evaluate(observed, { ...expected, databaseBefore: earlier });
  expect([unknown, wrong]).toEqual([expect.stringMatching(/^unchanged since 2026-11-01/), []]);
  expect(otherSchemas.evaluate({ snapshot: snapshot(), rows: {} }, expected).unknown).toContain('no snapshot holds it');
});

const shared = { connections: { available: 97, used: 40, usedByUmami: 10, blockedByUmami: 0 }, databaseRoles: [role] };
testCriterion(connections, shared, {
  'a session of the application waits for Umami': {
    observed: { ...shared, connections: { ...shared.connections, blockedByUmami: 2 } },
    says: ['2 sessions of others wait for a lock of Umami'],
  },
  'Umami may take more connections than are left': {
    observed: { ...shared, connections: { ...shared.connections, used: 90 } },
    says: ['80 connections of others and 30 of Umami are more than the 97 of the server'],
  },
  'Umami may take all connections': {
    observed: { ...shared, databaseRoles: [{ ...role, connectionLimit: -1 }] },
    says: ['umami_user may take all connections'],
  },
});

const identity: BaselineIdentity = {
  ...{ database, server: '17.4', aurora: '17.4.1', isStandby: false, instanceClass: 'shop-1 db.r6g.large' },
  ...{ startedAt: '2026-10-01T00:00:00Z', statsReset: {}, parameters: {}, seconds: 30, hasUmami: false },
  capturedAt: '2026-11-05T10:00:00Z',
};
const constant = (value: number) => Array.from({ length: 24 }, (_, index) => value + (index % 3) / 10);
const figures = (group: Figure['group'], value: number, of: Figure['of'] = 'cluster'): Figure[] => [
  { name: 'sessions', group, of, unit: 'sessions', worse: 'higher', samples: constant(value) },
];
const measured = (differing: Partial<BaselineIdentity> = {}, of = figures('connections', 10)): Baseline => ({
  ...{ format: 1, identity: { ...identity, ...differing }, figures: of, notRead: [] },
});
const compared = (after: Baseline, earlierOne = measured()) => ({
  ...{ before: earlierOne, comparison: compareBaselines(earlierOne, after), hasHours: true, isEmulated: false },
});
const later = '2026-11-05T10:30:00Z';
const same = compared(measured({ capturedAt: later, hasUmami: true }));

testCriterion(baseline, same, {
  'the baseline is of another database, holds nothing and was measured too late': {
    observed: compared(measured({ capturedAt: later }), measured({ database: 'other', hasUmami: true }, [])),
    says: [
      `the baseline is of database other instead of ${database}`,
      "Umami's schema or database role existed when the baseline was measured",
      'the baseline holds no figures',
    ],
  },
});

testCriterion(degradation, same, {
  'there are more connections': {
    observed: compared(measured({ capturedAt: later }, figures('connections', 40))),
    says: ['sessions: 10.1 sessions before, 40.1 sessions after'],
  },
  'a metric of CloudWatch is worse, at another hour of the week': {
    observed: compared(
      measured({ capturedAt: '2026-11-06T20:00:00Z' }, figures('cloudwatch', 40)),
      measured({}, figures('cloudwatch', 10)),
    ),
    says: ['sessions: 10.1 sessions before, 40.1 sessions after'],
  },
});

test.each([
  ['at another hour of the week', measured({ capturedAt: '2026-11-06T20:00:00Z' }, figures('connections', 40)), {}],
  ['of Umami itself', measured({ capturedAt: later }, figures('connections', 40, 'umami')), {}],
  ['of an emulator', measured({ capturedAt: later }, figures('latency', 40)), { isEmulated: true }],
])('1.2.IV3 is not about a figure %s', (_, after, differing) => {
  const [{ group, of } = { group: 'connections', of: 'cluster' } as const] = after.figures;
  const observed = { ...compared(after, measured({}, figures(group, 10, of))), ...differing };
  expect(degradation.evaluate(observed, expected)).toMatchObject({ wrong: [] });
  expect(observed.comparison.figures.map(({ verdict }) => verdict)).toEqual(['worse']);
});

test('without a baseline, or after a restart, nothing is said of the database; CloudWatch needs an hour', () => {
  const restarted = compared(measured({ startedAt: '2026-11-05T10:10:00Z', capturedAt: later }));
  for (const criterion of [baseline, degradation])
    for (const observed of [{}, restarted])
      expect(criterion.evaluate(observed, expected)).toMatchObject({ wrong: [], unknown: expect.stringMatching(/./) });
  expect(degradation.evaluate({ ...same, hasHours: false }, expected).waitsFor).toMatch(/^the first whole hour/);
});
