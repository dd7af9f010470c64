import { expect, test, vi } from 'vitest';
import { whileWaiting } from '../../../runtime/cli/session';

test('a connection that is waited for is said again and again until it is there', async () => {
  let connected: (client: string) => void = () => {};
  const connection = new Promise<string>((resolve) => {
    connected = resolve;
  });
  const say = vi.fn(() => {
    if (say.mock.calls.length === 2) connected('client');
  });
  expect(await whileWaiting(connection, say, 1)).toBe('client');
  expect(say.mock.calls).toEqual([['Waiting for a connection …'], ['Waiting for a connection …']]);
});
