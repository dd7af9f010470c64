import { expect, test } from 'vitest';
import { makeApplication } from './application';
import { provision } from '../../runtime/provision/provision';
import { connect } from '../../runtime/connection/connect';
import * as dns from 'node:dns';
import { createServer } from 'node:net';

const input = { password: 'pw', canSignIn: async () => true };

test('exp basic', async () => {
  const app = await makeApplication();
  try {
    const c = await app.administer();
    console.log(await provision(c, app.target, input));
    const steps: unknown[] = [];
    console.log(await provision(c, app.target, { ...input, onStep: (...s) => steps.push(s) }), steps);
  } finally { await app.close(); }
});

test('exp two stages at once', async () => {
  const app = await makeApplication();
  try {
    const results = [];
    for (let i = 0; i < 5; i++) {
    const [a, b] = [await app.administer(), await app.administer()];
    results.push(await Promise.allSettled([
      provision(a, { ...app.target, schema: `dev${i}`, databaseRole: app.target.databaseRole + '_dev' + i }, input),
      provision(b, { ...app.target, schema: `prod${i}`, databaseRole: app.target.databaseRole + '_prod' + i }, input),
    ]));
    }
    console.log(results.map(x => x.map(y => y.status === 'rejected' ? String(y.reason) : 'ok')));
  } finally { await app.close(); }
});

test('exp hostile', async () => {
  const app = await makeApplication();
  try {
    const a = await app.administer();
    const t = { ...app.target, schema: `we"ird' %s \\ ü`, databaseRole: app.target.databaseRole + `"'%\\ü`, owner: {name: `o'w"n\\%ü`, id: `i'd"\\`}};
    console.log(await provision(a, t, input));
    console.log(await provision(a, t, input));
  } finally { await app.close(); }
});

test('exp garbage ca', async () => {
  const app = await makeApplication();
  try {
    for (const ca of ['nonsense', '', '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n'])
    await connect({ ...app.administrator, certificateAuthority: ca }, { retries: 0 }).catch((e) => console.log(ca, '=>', e.message));
    await connect({ ...app.administrator, password: '' }, { retries: 0 }).catch((e) => console.log( '=>', e.message));
    await connect({ ...app.administrator, host: '127.1' }, { retries: 0 }).catch((e) => console.log( '=>', e.message));
    await connect({ ...app.administrator, port: 70000 }, { retries: 0 }).catch((e) => console.log( '=>', e.message));
    const s = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((r) => s.once('listening', r));
    await connect({ ...app.administrator, port: (s.address() as any).port }, { retries: 1, attemptTimeout: 100 }).catch((e) => console.log( '=>', e.message));
    s.close();
    const s2 = createServer((x) => {x.once('data', () => x.end('N'))}).listen(0, '127.0.0.1');
    await new Promise((r) => s2.once('listening', r));
    await connect({ ...app.administrator, port: (s2.address() as any).port }, { retries: 1, attemptTimeout: 100 }).catch((e) => console.log( '=>', e.message));
    s2.close();
  } finally { await app.close(); }
});

test('exp foreign schema', async () => {
  const app = await makeApplication();
  try {
    const a = await app.administer();
    await app.query('create schema umami; create table umami._prisma_migrations(migration_name text, finished_at timestamptz, rolled_back_at timestamptz)');
    await provision(a, app.target, input).catch((e) => console.log('foreign =>', e.name, e.message));
  } finally { await app.close(); }
});

test('exp long', async () => {
  const app = await makeApplication();
  try {
    const a = await app.administer();
    for (let i = 0; i < 2; i++)
    await provision(a, {...app.target, schema: 'x'.repeat(55)}, input).catch((e) => console.log('long =>', e.name, e.message));
    console.log(await app.query(`select nspname from pg_namespace`));
  } finally { await app.close(); }
});
