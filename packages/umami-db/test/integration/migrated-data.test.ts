import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptySchema, id, type Row, type UmamiSchema } from './umami-schema';

let umami: UmamiSchema;

beforeEach(async () => {
  umami = await emptySchema();
});

afterEach(async () => {
  await umami.close();
});

test('02 writes numbers and dates as text, beside their own columns', async () => {
  await umami.migrate('01_init');
  const data = (number: number, type: number, value: Row) =>
    umami.insert('event_data', {
      event_id: id(number),
      website_id: id(0),
      website_event_id: id(0),
      event_key: 'key',
      event_data_type: type,
      ...value,
    });
  await data(1, 1, { event_string_value: 'a string' });
  await data(2, 2, { event_numeric_value: 12.5 });
  await data(3, 2, { event_string_value: 'no number' });
  await data(4, 4, { event_date_value: '2024-05-06T07:08:09.123Z' });
  await data(5, 4, { event_string_value: 'no date' });
  await data(6, 3, { event_string_value: 'true', event_numeric_value: 1 });
  await umami.migrate('02_report_schema_session_data');

  expect(await umami.query('SELECT string_value, number_value FROM event_data ORDER BY event_data_id')).toEqual([
    { string_value: 'a string', number_value: null },
    { string_value: '12.5000', number_value: '12.5000' },
    { string_value: null, number_value: null },
    { string_value: '2024-05-06T07:08:09Z', number_value: null },
    { string_value: 'Z', number_value: null },
    { string_value: 'true', number_value: '1.0000' },
  ]);
});

test('04 notes the user of a website as its creator', async () => {
  await umami.migrate('03_metric_performance_index');
  await umami.insert(
    'website',
    { website_id: id(1), name: 'with a user', user_id: id(7) },
    { website_id: id(2), name: 'without' },
  );
  await umami.migrate('04_team_redesign');

  expect(await umami.query('SELECT user_id, created_by, team_id FROM website ORDER BY website_id')).toEqual([
    { user_id: id(7), created_by: id(7), team_id: null },
    { user_id: null, created_by: null, team_id: null },
  ]);
});

describe('05', () => {
  const event = (number: number, session: number, created_at: string | null) => ({
    event_id: id(number),
    website_id: id(0),
    session_id: id(session),
    url_path: '/',
    created_at,
  });

  test('makes one visit of what a session did within a clock hour', async () => {
    await umami.migrate('04_team_redesign');
    await umami.insert(
      'website_event',
      event(1, 1, '2024-05-06T09:00:00Z'),
      event(2, 1, '2024-05-06T09:59:59.999Z'),
      event(3, 1, '2024-05-06T10:00:00Z'),
      event(4, 1, '2024-05-07T09:00:00Z'),
      event(5, 2, '2024-05-06T09:00:00Z'),
    );
    await umami.migrate('05_add_visit_id');

    const visits = 'SELECT array_agg(event_id ORDER BY event_id) AS events FROM website_event GROUP BY visit_id';
    expect(await umami.query(`${visits} ORDER BY events`)).toEqual([
      { events: [id(1), id(2)] },
      { events: [id(3)] },
      { events: [id(4)] },
      { events: [id(5)] },
    ]);
  });

  test('refuses an event without a time, as Umami does', async () => {
    await umami.migrate('04_team_redesign');
    await umami.insert('website_event', event(1, 1, null));

    await expect(umami.migrate('05_add_visit_id')).rejects.toThrow('contains null values');
  });
});

test('09 moves the hostname from the session to its events', async () => {
  await umami.migrate('08_add_utm_clid');
  await umami.insert(
    'session',
    { session_id: id(1), website_id: id(8), hostname: 'one.example', subdivision1: 'DE-BY' },
    { session_id: id(2), website_id: id(8) },
  );
  const event = { url_path: '/', visit_id: id(0) };
  await umami.insert(
    'website_event',
    { ...event, event_id: id(1), session_id: id(1), website_id: id(8) },
    { ...event, event_id: id(2), session_id: id(1), website_id: id(9) },
    { ...event, event_id: id(3), session_id: id(2), website_id: id(8) },
    { ...event, event_id: id(4), session_id: id(3), website_id: id(8) },
  );
  await umami.migrate('09_update_hostname_region');

  const hostnames = await umami.query('SELECT hostname FROM website_event ORDER BY event_id');
  expect(hostnames.map((row) => row['hostname'])).toEqual(['one.example', null, null, null]);
  expect(await umami.query('SELECT region FROM session ORDER BY session_id')).toEqual([
    { region: 'DE-BY' },
    { region: null },
  ]);
});

describe('12', () => {
  const report = { report_id: id(1), user_id: id(0), website_id: id(0), type: 'utm', name: 'n', description: '' };

  test('reads the parameters of a report as JSON', async () => {
    await umami.migrate('11_add_segment');
    await umami.insert('report', { ...report, parameters: '{ "window": 60, "steps": ["a"] }' });
    await umami.migrate('12_update_report_parameter');

    expect(await umami.query('SELECT parameters FROM report')).toEqual([{ parameters: { window: 60, steps: ['a'] } }]);
  });

  test('refuses parameters that are none, and leaves them as they are', async () => {
    await umami.migrate('11_add_segment');
    await umami.insert('report', { ...report, parameters: '{ window: 60 }' });

    await expect(umami.migrate('12_update_report_parameter')).rejects.toThrow('invalid input syntax for type json');
    expect(await umami.query('SELECT parameters FROM report')).toEqual([{ parameters: '{ window: 60 }' }]);
  });
});

test('15 makes a share of each website that is shared', async () => {
  await umami.migrate('14_add_link_and_pixel');
  await umami.insert(
    'website',
    { website_id: id(1), name: 'public', share_id: 'abc123' },
    { website_id: id(2), name: 'private' },
    { website_id: id(3), name: 'deleted', share_id: 'def456', deleted_at: '2024-05-06T07:08:09Z' },
  );
  await umami.migrate('15_add_share');

  const shares = `SELECT entity_id, name, share_type, slug, parameters, updated_at,
    created_at > now() - interval '1 minute' AS new, share_id <> entity_id AS has_own_id FROM share ORDER BY slug`;
  const common = { share_type: 1, parameters: { overview: true }, updated_at: null, new: true, has_own_id: true };
  expect(await umami.query(shares)).toEqual([
    { entity_id: id(1), name: 'public', slug: 'abc123', ...common },
    { entity_id: id(3), name: 'deleted', slug: 'def456', ...common },
  ]);
});
