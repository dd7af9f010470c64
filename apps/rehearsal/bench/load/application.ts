import type { Client } from 'pg';
import { atWork } from '../at-work';

/** Connections of the application, and the pause of each between two transactions in milliseconds. */
export const WORKERS = 4;
const PAUSE = 20;

/** Orders of before. */
const ORDERS = 100_000;

export async function fillApplication(client: Client): Promise<void> {
  await client.query(`
    create schema shop;
    create table shop.orders (id bigint generated always as identity primary key, customer int, total int, paid boolean);
    create index on shop.orders (customer);
    insert into shop.orders (customer, total) select n % 1000, n % 97 from generate_series(1, ${ORDERS}) n`);
}

/** The application at work: the milliseconds of each of its transactions until something ends. */
export function transactions(clients: readonly Client[], until: Promise<unknown>): Promise<number[]> {
  return atWork(clients, until, { transaction, pause: PAUSE });
}

async function transaction(client: Client): Promise<void> {
  const customer = Math.floor(Math.random() * 1000);
  await client.query('begin');
  const { rows } = await client.query('insert into shop.orders (customer, total) values ($1, 1) returning id', [
    customer,
  ]);
  await client.query('update shop.orders set paid = true where id = $1', [rows[0].id]);
  await client.query('select sum(total), count(*) from shop.orders where customer = $1', [customer]);
  await client.query('commit');
}
