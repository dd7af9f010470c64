import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Pool, type PoolConfig } from 'pg';

/** Something that Umami does: it begins, and what is returned ends it. */
export type Behaviour = (connection: PoolConfig) => Promise<() => Promise<unknown>>;

/** A query over all pairs of page views, which sorts on disk and does not end by itself. */
const RUNAWAY = `select a.url_path, count(distinct b.visit_id), count(distinct a.page_title || b.page_title)
  from website_event a join website_event b on a.url_path < b.url_path group by 1`;

export const runaway =
  (queries: number): Behaviour =>
  async (connection) => {
    const pool = poolOf(connection, queries);
    const ended = Array.from({ length: queries }, () => pool.query(RUNAWAY).catch(() => {}));
    return async () => {
      const other = poolOf(connection, 1);
      await other.query(
        'select pg_cancel_backend(pid) from pg_stat_activity where usename = user and pid <> pg_backend_pid()',
      );
      await Promise.all([...ended, pool.end(), other.end()]);
    };
  };

/** Milliseconds until a connection that was refused is tried again, and until the database role has all it may have. */
const AGAIN = 5000;
const TAKEN = 1000;

/** So many connections at once, each kept when it is given, and tried again when it is refused. */
export const connections =
  (count: number): Behaviour =>
  async (connection) => {
    const ended = new AbortController();
    // One wait of each connection, and the one of all.
    setMaxListeners(count + 1, ended.signal);
    const pool = poolOf(connection, count);
    const wait = (milliseconds: number) =>
      setTimeout(milliseconds, undefined, { signal: ended.signal }).catch(() => {});
    const each = Array.from({ length: count }, async (_, number) => {
      await wait((number * AGAIN) / count);
      while (!ended.signal.aborted) {
        const client = await pool.connect().catch(() => undefined);
        await wait(client ? 2 ** 30 : AGAIN);
        client?.release(true);
      }
    });
    await wait(TAKEN);
    return async () => {
      ended.abort();
      await Promise.all(each);
      await pool.end();
    };
  };

/** A transaction that has changed a row and waits. */
export const idle: Behaviour = async (connection) => {
  const pool = poolOf(connection, 1);
  const client = await pool.connect();
  await client.query('begin isolation level repeatable read');
  await client.query(`update website set name = 'Shop'`);
  return async () => {
    client.release(true);
    await pool.end();
  };
};

function poolOf(connection: PoolConfig, max: number): Pool {
  return new Pool({ ...connection, max }).on('error', () => {});
}
