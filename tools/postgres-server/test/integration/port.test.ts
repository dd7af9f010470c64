import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPostgres } from '../../src/start';

const offered: number[] = [];

// Which port the system offers cannot be chosen.
vi.mock('@user-metrics/supervisor', async (original) => {
  const supervisor = await original<typeof import('@user-metrics/supervisor')>();
  return { ...supervisor, freePort: async () => offered.shift() ?? (await supervisor.freePort()) };
});

let other: Server;
let taken: number;
beforeEach(async () => {
  other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  taken = (other.address() as { port: number }).port;
});
afterEach(() => void other.close());

test('a port that another process takes after it was found free: the next one is used', async () => {
  offered.push(taken, taken, taken);
  const server = await startPostgres();
  await server.stop();
  expect(server.port).not.toBe(taken);
  expect(offered).toEqual([]);
});

test('ports that are taken again and again: it ends with the reason', async () => {
  offered.push(...Array(10).fill(taken));
  await expect(startPostgres()).rejects.toThrow(/^PostgreSQL 17 did not start: .*Address already in use/);
});
