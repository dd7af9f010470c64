import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { startLocalAws } from '../../src/start';

const offered: number[] = [];

// Which port the system offers cannot be chosen.
vi.mock('@user-metrics/supervisor', async (original) => {
  const supervisor = await original<typeof import('@user-metrics/supervisor')>();
  return { ...supervisor, freePort: async () => offered.shift() ?? (await supervisor.freePort()) };
});

test('a port that another process takes after it was found free: the next one is used', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  offered.push(port);
  const aws = await startLocalAws();
  await aws.stop();
  other.close();
  expect(aws.endpoint).not.toContain(`:${port}`);
  expect(offered).toEqual([]);
});
