import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptySchema, id, type Row, type UmamiSchema } from './umami-schema';

const CREATED = new Date('2024-05-06T07:08:09Z');
const UPDATED = new Date('2024-06-07T08:09:10Z');

let umami: UmamiSchema;

beforeEach(async () => {
  umami = await emptySchema();
  await umami.migrate('13_add_revenue');
});

afterEach(async () => {
  await umami.close();
});

/** Puts one report in, runs 14, and answers with the parameters of every report there is then. */
async function convert(type: string, parameters: unknown): Promise<unknown[]> {
  await umami.insert('report', report(type, parameters));
  await umami.migrate('14_add_link_and_pixel');
  return (await umami.query(`SELECT parameters FROM report ORDER BY name`)).map((row) => row['parameters']);
}

function report(type: string, parameters: unknown): Row {
  return {
    report_id: id(1),
    user_id: id(2),
    website_id: id(3),
    type,
    name: 'Sales',
    description: 'About sales',
    parameters: JSON.stringify(parameters),
    created_at: CREATED,
    updated_at: UPDATED,
  };
}

describe('14, of a funnel,', () => {
  const url = { type: 'url', value: '/a' };
  const event = { type: 'event', value: 'bought' };

  test('makes paths of the urls, and leaves the other steps and their order', async () => {
    const others = [event, { value: 'url' }, 'url', null, ['url']];
    const deep = { ...url, filter: { type: 'url' } };

    expect(await convert('funnel', { window: 60, steps: [url, ...others, deep] })).toEqual([
      { window: 60, steps: [{ ...url, type: 'path' }, ...others, { ...deep, type: 'path' }] },
    ]);
  });

  test('takes the website, the dates and the urls out of the parameters', async () => {
    const old = { websiteId: id(3), dateRange: { startDate: 'x' }, urls: ['/a'] };

    expect(await convert('funnel', { ...old, steps: [event, event] })).toEqual([{ steps: [event, event] }]);
  });

  test.each([[[url]], [[event]]])('drops the report when its only step is in %j', async (steps) => {
    expect(await convert('funnel', { steps })).toEqual([]);
  });

  test.each([{ steps: [] }, { window: 60 }])('keeps the report with the parameters %j', async (parameters) => {
    expect(await convert('funnel', parameters)).toEqual([parameters]);
  });
});

describe('14, of a report on goals,', () => {
  test('makes one report for each page and event, and drops other kinds', async () => {
    const goals = [
      { type: 'url', value: '/thanks', goal: 10 },
      { type: 'event', value: 'signup' },
      { type: 'event-data', value: 'revenue' },
      'url',
    ];
    await umami.insert('report', report('goals', { websiteId: id(3), goals }));
    await umami.migrate('14_add_link_and_pixel');

    const kept = { user_id: id(2), website_id: id(3), type: 'goal', description: 'About sales' };
    const times = { created_at: CREATED, updated_at: UPDATED, new_id: true };
    expect(await umami.query(`SELECT *, report_id <> '${id(1)}' AS new_id FROM report ORDER BY name`)).toEqual([
      {
        ...kept,
        ...times,
        report_id: expect.any(String),
        name: 'Sales - /thanks',
        parameters: { type: 'path', value: '/thanks' },
      },
      {
        ...kept,
        ...times,
        report_id: expect.any(String),
        name: 'Sales - signup',
        parameters: { type: 'event', value: 'signup' },
      },
    ]);
  });

  test('makes do with a goal that has no value', async () => {
    expect(await convert('goals', { goals: [{ type: 'url' }] })).toEqual([{ type: 'path', value: null }]);
    expect(await umami.query('SELECT name FROM report')).toEqual([{ name: 'Sales - ' }]);
  });

  test.each([[[]], [[{ type: 'event-data', value: 'x' }]]])('drops the report when its goals are %j', async (goals) => {
    expect(await convert('goals', { goals })).toEqual([]);
  });

  test('treats one that already has the new type in the same way', async () => {
    expect(await convert('goal', { goals: [{ type: 'url', value: '/a' }] })).toEqual([{ type: 'path', value: '/a' }]);
  });

  test('keeps one without goals under the new type', async () => {
    expect(await convert('goals', { type: 'path', value: '/a' })).toEqual([{ type: 'path', value: '/a' }]);
    expect(await umami.query('SELECT type, report_id FROM report')).toEqual([{ type: 'goal', report_id: id(1) }]);
  });
});

test('14 leaves every other report as it is', async () => {
  const parameters = {
    websiteId: id(3),
    urls: ['/a'],
    steps: [{ type: 'url', value: '/a' }],
    goals: [{ type: 'url' }],
  };

  expect(await convert('retention', parameters)).toEqual([parameters]);
});
