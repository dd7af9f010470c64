import { expect, inject, test } from 'vitest';
import { bootstrapAccount } from '../../lib/src/steps/account/deploy';
import { contextOf, evidenceOf } from './context';
import { reopen } from './plain-account';

test('lifecycle.bootstrap fails when nothing answers', async () => {
  const account = await reopen(inject('account'));
  const env = { ...account.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  const context = contextOf({ ...account, env });
  await expect(bootstrapAccount(context, () => {})).rejects.toMatchObject({ name: 'RehearsalError' });
  expect(evidenceOf(context, 'lifecycle.bootstrap')).toMatch(/127\.0\.0\.1:9/);
});
