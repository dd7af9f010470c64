import type { Client } from 'pg';
import { expect, test } from 'vitest';
import { type ProvisionInput, provision, type Target } from '../../runtime/index';

test('an option that was renamed is refused with its new name', async () => {
  const input = { lockPatience: 1 } as unknown as ProvisionInput;
  await expect(provision({} as Client, {} as Target, input)).rejects.toThrow('It was renamed: give `lockRetryTime`.');
});
