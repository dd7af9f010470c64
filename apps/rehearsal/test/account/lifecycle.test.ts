import { expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { CHANGE_ONLY, runFoundation } from '../../lib/src/account/foundation-command';
import { Observations } from '../../lib/src/account/observations';
import { CleanUp } from '../../lib/src/clean-up';
import type { RehearsalContext } from '../../lib/src/context';
import type { CheckId } from '../../lib/src/report/check';
import { Checklist } from '../../lib/src/report/checklist';
import { withChange } from '../../lib/src/steps/account/change';
import { bootstrapAccount, deployAgain } from '../../lib/src/steps/account/deploy';
import { reopen } from './plain-account';

function contextOf(account: Account): RehearsalContext {
  const checklist = new Checklist();
  return {
    options: { configFile: 'unused', output: 'unused' },
    checklist,
    cleanUp: new CleanUp(),
    signal: new AbortController().signal,
    account,
    observations: new Observations(checklist),
  };
}

const evidenceOf = ({ checklist }: RehearsalContext, id: CheckId) =>
  checklist.failed.find((check) => check.id === id)?.evidence;

test('lifecycle.again fails when the configuration was changed in between', async () => {
  const account = await reopen(inject('account'));
  const context = contextOf(
    withChange(account, (stage) => {
      stage.storage.retentionDays += 1;
    }),
  );
  try {
    await deployAgain(context, () => {});
    expect(evidenceOf(context, 'lifecycle.again')).toBe('UserMetrics-dev-Storage was updated');
  } finally {
    const { signal } = context;
    await runFoundation(
      withChange(account, () => {}),
      'deploy',
      { signal, onProgress: () => {} },
      CHANGE_ONLY,
    );
  }
});

test('lifecycle.bootstrap fails when nothing answers', async () => {
  const account = await reopen(inject('account'));
  const env = { ...account.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  const context = contextOf({ ...account, env });
  await expect(bootstrapAccount(context, () => {})).rejects.toMatchObject({ name: 'RehearsalError' });
  expect(evidenceOf(context, 'lifecycle.bootstrap')).toMatch(/127\.0\.0\.1:9/);
});
