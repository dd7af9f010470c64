import type { Application } from '../application';
import { id, type Row } from '../umami-schema';

const at = (time: string) => ({ created_at: `2024-05-06T${time}Z` });
const [SHOP, BLOG, OLD] = [id(1), id(2), id(3)];
const ME = id(10);
const [VISITOR, OTHER, GONE] = [id(30), id(31), id(32)];

const event = (number: number, website_id: string, session_id: string, time: string): Row => ({
  event_id: id(number),
  website_id,
  session_id,
  url_path: '/',
  event_type: 1,
  ...at(time),
});

const datum = (number: number, event_data_type: number, value: Row): Row => ({
  event_data_id: id(number),
  website_id: SHOP,
  website_event_id: id(100),
  event_key: `key ${number}`,
  data_type: event_data_type,
  ...value,
  ...at('09:00:00'),
});

const report = (number: number, type: string, parameters: object): Row => ({
  report_id: id(number),
  user_id: ME,
  website_id: SHOP,
  type,
  name: `Report ${number}`,
  description: 'of mine',
  parameters: JSON.stringify(parameters),
  ...at('11:00:00'),
});

const URL = { type: 'url', value: '/a' };
const BOUGHT = { type: 'event', value: 'bought' };

/** Rows in every table of Umami 2.9, and of each kind that a later migration converts. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  user: [{ user_id: ME, username: 'me', password: 'x', role: 'user', ...at('00:00:00') }],
  team: [{ team_id: id(20), name: 'team', access_code: 'code', ...at('00:00:00') }],
  team_user: [{ team_user_id: id(21), team_id: id(20), user_id: ME, role: 'team-owner', ...at('00:00:00') }],
  team_website: [{ team_website_id: id(22), team_id: id(20), website_id: SHOP, ...at('00:00:00') }],
  website: [
    { website_id: SHOP, name: 'shop', user_id: ME, share_id: 'slug of shop', ...at('00:00:00') },
    { website_id: BLOG, name: 'blog', ...at('00:00:00') },
    { website_id: OLD, name: 'old', user_id: ME, share_id: 'slug of old', deleted_at: '2024-05-07', ...at('00:00:00') },
  ],
  session: [
    {
      session_id: VISITOR,
      website_id: SHOP,
      hostname: 'shop.example',
      country: 'DE',
      subdivision1: 'DE-BY',
      subdivision2: 'x',
      city: 'Munich',
      ...at('09:00:00'),
    },
    { session_id: OTHER, website_id: BLOG, ...at('09:00:00') },
  ],
  website_event: [
    event(100, SHOP, VISITOR, '09:00:00'),
    event(101, SHOP, VISITOR, '09:59:59.999'),
    event(102, SHOP, VISITOR, '10:00:00'),
    event(103, BLOG, OTHER, '09:00:00'),
    event(104, BLOG, VISITOR, '09:30:00'),
    event(105, SHOP, GONE, '09:00:00'),
  ],
  event_data: [
    datum(200, 1, { string_value: 'text' }),
    datum(201, 2, { string_value: '12.5000', number_value: 12.5 }),
    datum(202, 4, { string_value: '2024-05-06T07:08:09Z', date_value: '2024-05-06T07:08:09Z' }),
  ],
  session_data: [
    {
      session_data_id: id(300),
      website_id: SHOP,
      session_id: VISITOR,
      session_key: 'plan',
      string_value: 'free',
      data_type: 1,
      deleted_at: '2024-05-06',
      ...at('09:00:00'),
    },
  ],
  report: [
    report(400, 'funnel', { websiteId: SHOP, dateRange: {}, urls: ['/a'], window: 60, steps: [URL, BOUGHT] }),
    report(401, 'funnel', { steps: [URL] }),
    report(402, 'goals', {
      websiteId: SHOP,
      goals: [{ ...URL, goal: 10 }, BOUGHT, { type: 'event-data', value: 'x' }],
    }),
    report(403, 'retention', { websiteId: SHOP, urls: ['/a'] }),
  ],
};

export async function fillUmami29({ query }: Application): Promise<void> {
  for (const [table, rows] of Object.entries(ROWS)) {
    const into = `umami."${table}"`;
    await query(`insert into ${into} select * from jsonb_populate_recordset(null::${into}, $1)`, [
      JSON.stringify(rows),
    ]);
  }
}

/**
 * All rows of all tables. What a migration makes by chance or by the clock is made the same: a new id is `new`, a new time
 * `now`, and a visit is the first of its events.
 */
export async function dataOf({ query }: Application): Promise<Record<string, Row[]>> {
  const tables = await query<{ name: string }>(`select relname as name from pg_class
    where relnamespace = 'umami'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations' order by 1`);
  const data: Record<string, Row[]> = {};
  for (const { name } of tables) {
    const visit = `case when to_jsonb(t) ? 'visit_id' and to_jsonb(t) ? 'session_id' then jsonb_build_object('visit_id',
      min(to_jsonb(t)->>'event_id') over (partition by to_jsonb(t)->>'visit_id')) else '{}' end`;
    const rows = await query<{ row: Row }>(`select to_jsonb(t) || ${visit} as row from umami."${name}" as t`);
    data[name] = rows.map(({ row }) => withoutChance(row)).sort(byText);
  }
  return data;
}

function withoutChance(row: Row): Row {
  const text = JSON.stringify(row)
    .replace(/"(?!00000000-)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g, '"new"')
    .replace(/"(?!2024)\d{4}-\d\d-\d\dT[^"]*"/g, '"now"');
  return JSON.parse(text);
}

function byText(one: Row, other: Row): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
