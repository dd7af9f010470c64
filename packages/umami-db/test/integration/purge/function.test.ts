import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { handler as provision } from '../../../runtime/cloudformation/index';
import { handler, type PurgeEvent } from '../../../runtime/purge/index';
import { createEvent, UMAMI_SECRET } from '../../support/events';
import { type CustomResource, makeCustomResource } from '../cloudformation/custom-resource';
import { insertOldEvents } from './data';

const YEAR = 365 * 86_400;

let resource: CustomResource;

beforeAll(async () => {
  resource = await makeCustomResource();
  await provision(createEvent(resource.properties));
});

afterEach(() => resource.application.query('truncate umami.website_event, umami.session'));

afterAll(() => resource.close());

const event = (differing: object = {}): PurgeEvent => ({
  action: 'purge',
  Owner: 'Stack/test',
  SecretArn: UMAMI_SECRET,
  CertificateAuthority: String(resource.properties['CertificateAuthority']),
  Retention: { events: YEAR, sessions: 2 * YEAR },
  ...differing,
});

test('the schedule deletes each group by its own age, reads no secret but that of Umami, and logs rows and bytes', async () => {
  const { application, manager } = resource;
  await insertOldEvents(application, 20, new Date(Date.now() - 1.5 * YEAR * 1000).toISOString());
  const before = manager.requests.length;
  const report = await handler(event());

  expect(report).toMatchObject({ complete: true });
  const rows = report.tables.map(({ table, rows: count }) => [table, count]);
  expect(rows).toEqual([
    ...[
      ['event_data', 0],
      ['revenue', 0],
      ['website_event', 20],
    ],
    ...[
      ['session_data', 0],
      ['session_link', 0],
      ['session', 0],
    ],
  ]);
  expect(JSON.parse(resource.printed().trim().split('\n').at(-1) ?? '')).toEqual({ action: 'purge', ...report });
  expect(resource.printed()).not.toContain(resource.secret()['password']);
  expect(new Set(manager.requests.slice(before))).toEqual(new Set([`GetSecretValue ${UMAMI_SECRET}`]));
});

test('a run whose time is over ends without an error', async () => {
  await insertOldEvents(resource.application, 20, '2020-01-01');

  // What is left before the function has to answer is 20 seconds.
  expect(await handler(event(), { getRemainingTimeInMillis: () => 20_000 })).toMatchObject({ complete: false });
  expect(await handler(event(), { getRemainingTimeInMillis: () => 60_000 })).toMatchObject({ complete: true });
});

test.each([
  { Retention: {} },
  { Retention: { events: 3600 } },
  { Retention: { websites: YEAR } },
  { action: 'drop' },
  { Owner: '' },
])('an event of another form is refused: %j', async (differing) => {
  await expect(handler(event(differing))).rejects.toThrow('The event must have action purge');
});

test('a schema of another stack is refused', async () => {
  await expect(handler(event({ Owner: 'Other/test' }))).rejects.toThrow('Schema umami belongs to Stack/test');
});
