import type { Client } from 'pg';

export interface Rows {
  readonly events: number;
  readonly sessions: number;
  readonly properties: number;
}

/** Fills the tables of an Umami 2.10 that grow with traffic, so that every migration that converts them has work in every row. */
export async function insertTraffic(client: Client, { events, sessions, properties }: Rows): Promise<void> {
  const session = `md5((n % ${sessions})::text)::uuid`;
  const website = `md5('website' || n % 3)::uuid`;
  const at = `now() - n * interval '1 second'`;
  await client.query(`
    insert into umami.session (session_id, website_id, hostname, browser, country, subdivision1, created_at)
    select md5(n::text)::uuid, ${website}, 'www.example.com', 'chrome', 'DE', 'DE-BY', ${at}
    from generate_series(0, ${sessions} - 1) n`);
  await client.query(`
    insert into umami.website_event (event_id, website_id, session_id, url_path, page_title, created_at)
    select gen_random_uuid(), ${website}, ${session}, '/page/' || n % 100, 'Page ' || n % 100, ${at}
    from generate_series(1, ${events}) n`);
  await client.query(`
    insert into umami.event_data (event_data_id, website_id, website_event_id, event_key, string_value, data_type, created_at)
    select gen_random_uuid(), ${website}, md5(n::text)::uuid, 'plan', 'pro', 1, ${at}
    from generate_series(1, ${properties}) n`);
  await client.query(`
    insert into umami.session_data (session_data_id, website_id, session_id, session_key, string_value, data_type, created_at)
    select gen_random_uuid(), ${website}, ${session}, 'plan', 'pro', 1, ${at}
    from generate_series(1, ${properties}) n`);
  await client.query('vacuum analyze');
}
