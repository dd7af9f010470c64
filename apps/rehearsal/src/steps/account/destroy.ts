import { listStacks, nameInArn, published } from '@user-metrics/foundation/account';
import { type Account, oursIn } from '../../account/account';
import { existingApplicationChecks } from '../../account/checks';
import { databaseCriteria } from '../../account/checks/account-check';
import { CHANGE_ONLY, runFoundation } from '../../account/foundation-command';
import { copyKeptRecording, notCopied, RECORDING, recoveryRoleArn } from '../../account/kept-recordings';
import { missingData, notKept } from '../../account/lifecycle';
import { clientsAs } from '../../account/rights/assume-role';
import { type RehearsalContext, required } from '../../context';
import { withAdmin } from '../../database/as-admin';
import { withChange } from './change';
import { requireSuccess, seconds } from './deploy';

type OnProgress = (message: string) => void;

const WEBSITE = '00000000-0000-4000-8000-000000000001';

/** Removes the stacks: a recording, the schema and what is in it stay. */
export async function destroy(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  const Bucket = await leaveData(account);
  const result = await runFoundation(account, 'destroy', { signal: context.signal, onProgress }, ['--account-stacks']);
  requireSuccess(context, 'lifecycle.destroy', result);
  const stacks = await listStacks(account);
  const hasRecording = await account.aws.s3.listObjectsV2({ Bucket }).then(
    ({ Contents = [] }) => Contents.some(({ Key }) => Key === RECORDING.Key),
    () => false,
  );
  context.checklist.verdict(
    'lifecycle.destroy',
    notKept({ stacks, hasRecording, hasData: await hasWebsite(account) }),
    `no stack is left; recording and data are kept, in ${seconds(result)}`,
  );
  await observations.checkLater(account, existingApplicationChecks, 'after destroy');
  return seconds(result);
}

/** Deploys over what destroy has left; an operator is named for the recordings that it kept. */
export async function deployOverRetainedResources(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const observations = required(context, 'observations');
  const before = required(context, 'account');
  const account = withChange(before, ({ storage }) => {
    storage.operatorRoleArns = [...(storage.operatorRoleArns ?? []), recoveryRoleArn(before)];
  });
  context.account = account;
  const result = await runFoundation(account, 'deploy', { signal: context.signal, onProgress }, CHANGE_ONLY);
  requireSuccess(context, 'lifecycle.retained-resources', result);
  context.checklist.verdict(
    'lifecycle.retained-resources',
    missingData(await hasWebsite(account)),
    `the schema is ours again, its data is there, in ${seconds(result)}`,
  );
  await observations.checkLater(
    account,
    [...databaseCriteria, ...existingApplicationChecks],
    'after the deployment over the retained resources',
  );
  return seconds(result);
}

/** Brings the kept recording into the new bucket. */
export async function copyRecordings(context: RehearsalContext): Promise<string> {
  const copied = await copyKeptRecording(required(context, 'account'));
  const { from, to, expiryDays } = copied;
  context.checklist.verdict(
    'lifecycle.recordings',
    notCopied(copied),
    `an operator copied a recording from ${from} to ${to}; the kept ones expire after ${expiryDays} days`,
  );
  return `from ${from}`;
}

/** Writes a recording and a row of Umami's, as OpenReplay and Umami would; gives the bucket. */
async function leaveData(account: Account): Promise<string> {
  const Bucket = await published(account, 'storage/replay-bucket-name');
  const taskRole = nameInArn(await published(account, 'access/openreplay-task-role-arn'));
  await (await clientsAs(account, taskRole)).s3.putObject({ Bucket, ...RECORDING });
  const { schema } = oursIn(account);
  await withAdmin(account.application, (admin) =>
    admin.query(`insert into ${schema}.website (website_id, name) values ($1, 'rehearsal')`, [WEBSITE]),
  );
  return Bucket;
}

async function hasWebsite(account: Account): Promise<boolean> {
  const { schema } = oursIn(account);
  return withAdmin(account.application, async (admin) => {
    const { rowCount } = await admin
      .query(`select from ${schema}.website where website_id = $1`, [WEBSITE])
      .catch(() => ({ rowCount: 0 }));
    return rowCount === 1;
  });
}
