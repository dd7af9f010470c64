import { vi } from 'vitest';

// A hash of the cost that Umami takes costs 70 ms, and most tests sign nobody in by it. Those of the bundle have it.
vi.mock('bcryptjs', async (original) => {
  const bcrypt = await original<typeof import('bcryptjs')>();
  return { ...bcrypt, hash: (password: string) => bcrypt.hash(password, 4) };
});
