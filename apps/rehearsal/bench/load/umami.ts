import { randomUUID } from 'node:crypto';
import type { Client, Pool } from 'pg';

export const WEBSITE = '5f2b8a53-4e8c-4f0a-9a37-6f5a4c2b1d10';

/** Rows that Umami has before: a website of some weeks. */
const SESSIONS = 20_000;
export const EVENTS = 200_000;

/** Connections of the pool of one task: as Prisma's adapter has them. */
export const CONNECTIONS = 10;

/** Page views a second. */
const PAGE_VIEWS = 20;

/** Each page view in so many has properties. */
const PROPERTIES_EVERY = 5;

/** Days that a dashboard shows, one dashboard after the other. */
export const RANGES = [1, 7, 30] as const;

/** Fills the tables of an Umami 3.4 with 30 days of traffic. */
export async function fillUmami(client: Client): Promise<void> {
  const at = (count: number) => `now() - n * interval '30 days' / ${count}`;
  await client.query(`insert into umami.website (website_id, name, domain) values ($1, 'Shop', 'shop.example')`, [
    WEBSITE,
  ]);
  await client.query(`
    insert into umami.session (session_id, website_id, browser, os, device, screen, language, country, created_at)
    select md5('session' || n)::uuid, '${WEBSITE}', 'chrome', 'Windows 10', 'desktop', '1920x1080', 'de-DE',
      (array['DE', 'AT', 'CH', 'FR'])[1 + n % 4], ${at(SESSIONS)} from generate_series(0, ${SESSIONS} - 1) n`);
  await client.query(`
    insert into umami.website_event (event_id, website_id, session_id, visit_id, url_path, page_title, referrer_domain,
      hostname, created_at)
    select md5('event' || n)::uuid, '${WEBSITE}', md5('session' || n * ${SESSIONS}::bigint / ${EVENTS})::uuid,
      md5('visit' || n / 5)::uuid, '/page/' || n % 100, 'Page ' || n % 100,
      (array['search.example', 'news.example', null])[1 + n % 3], 'shop.example', ${at(EVENTS)}
    from generate_series(0, ${EVENTS} - 1) n`);
}

const INSERT_SESSION = `insert into session (session_id, website_id, browser, os, device, screen, language, country)
  values ($1, $2, 'chrome', 'Windows 10', 'desktop', '1920x1080', 'de-DE', 'DE') on conflict do nothing`;
const INSERT_EVENT = `insert into umami.website_event (event_id, website_id, session_id, visit_id, created_at, url_path,
    url_query, page_title, referrer_domain, hostname, event_type)
  values ($1, $2, $3, $4, now(), $5, '', 'Page', 'search.example', 'shop.example', 1) returning event_id`;
const INSERT_PROPERTY = `insert into umami.event_data (event_data_id, website_id, website_event_id, data_key, string_value, data_type)
  values ($1, $2, $3, 'plan', 'pro', 1)`;

/**
 * What Umami sends for the first page view of a visitor: website, share, search path, session and event; some with
 * properties, in a transaction. Every statement takes a connection of the pool for itself.
 */
async function pageView(pool: Pool, number: number): Promise<void> {
  const [event, session] = [randomUUID(), randomUUID()];
  await pool.query('select * from umami.website where website_id = $1 and deleted_at is null limit 1', [WEBSITE]);
  await pool.query('select * from umami.share where slug = $1 limit 1', [WEBSITE]);
  await pool.query('set search_path = umami');
  await pool.query(INSERT_SESSION, [session, WEBSITE]);
  await pool.query(INSERT_EVENT, [event, WEBSITE, session, randomUUID(), `/page/${number % 100}`]);
  if (number % PROPERTIES_EVERY !== 0) return;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(INSERT_PROPERTY, [randomUUID(), WEBSITE, event]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

const IN_RANGE = 'e.website_id = $1::uuid and e.created_at between $2 and now() and e.event_type = 1';

const top = (column: string, from = '') =>
  `select ${column} as x, count(distinct e.session_id) as y from website_event e ${from}
   where ${IN_RANGE} group by 1 order by 2 desc limit 10`;

/** Aggregates of Umami's dashboard: the tables, filters and groups of its own queries. */
export const DASHBOARD: readonly string[] = [
  `select sum(pages) as pageviews, count(distinct session_id) as visitors, count(distinct visit_id) as visits,
     sum((pages = 1)::int) as bounces, sum(floor(extract(epoch from last - first))) as totaltime
   from (select e.session_id, e.visit_id, count(*) as pages, min(e.created_at) as first, max(e.created_at) as last
     from website_event e where ${IN_RANGE} group by 1, 2) as visit`,
  ...['count(*)', 'count(distinct e.session_id)'].map(
    (
      count,
    ) => `select to_char(date_trunc('hour', e.created_at at time zone 'Europe/Berlin'), 'YYYY-MM-DD HH24:00:00') as x,
      ${count} as y from website_event e where ${IN_RANGE} group by 1 order by 1`,
  ),
  top('e.url_path'),
  top('e.referrer_domain'),
  top('s.country', 'inner join session s on s.session_id = e.session_id'),
  `select count(distinct e.session_id) as visitors from website_event e where ${IN_RANGE}`,
];

/** A dashboard sends its queries at once. */
export async function dashboard(pool: Pool, days: number): Promise<void> {
  const since = new Date(Date.now() - days * 86_400_000);
  await Promise.all(DASHBOARD.map((sql) => pool.query(sql, [WEBSITE, since])));
}

/** Dashboards that were opened up to now. */
let opened = 0;

/** What Umami is asked to do beside page views. */
export interface Requests {
  /** Opens one dashboard. */
  readonly dashboard: boolean;
}

/** What Umami did. */
export interface Done {
  readonly failed: number;
}

/**
 * Umami at work, at a rate that does not depend on how fast the database answers.
 *
 * @returns ends it
 */
export function startUmami(pool: Pool, requests: Requests): () => Promise<Done> {
  let failed = 0;
  const open: Promise<void>[] = [];
  const send = (work: Promise<void>) => {
    const fail = () => {
      failed += 1;
    };
    open.push(work.catch(fail));
  };
  let number = 0;
  const timer = setInterval(() => {
    send(pageView(pool, number));
    number += 1;
  }, 1000 / PAGE_VIEWS);
  if (requests.dashboard) {
    opened += 1;
    send(dashboard(pool, RANGES[opened % RANGES.length] ?? 1));
  }
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return { failed };
  };
}
