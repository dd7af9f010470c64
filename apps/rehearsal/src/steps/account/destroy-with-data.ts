import { listStacks, publishedParameters } from '@user-metrics/foundation/account';
import { searchByProject } from '@user-metrics/foundation/verification';
import { ledgerSchema } from '@user-metrics/umami-db/runtime';
import { type Account, oursIn } from '../../account/account';
import { existingApplicationChecks } from '../../account/checks';
import { criteriaOf } from '../../account/checks/account-check';
import { CHANGE_ONLY, runFoundation } from '../../account/foundation-command';
import { leftBehind } from '../../account/lifecycle';
import { type RehearsalContext, required } from '../../context';
import { withAdmin } from '../../database/as-admin';
import { databaseRolesOf } from '../../database/snapshot';
import { withChange } from './change';
import { requireSuccess, seconds } from './deploy';

type OnProgress = (message: string) => void;

/** As a trial ends: the stage is told to take its data along, and destroyed. */
export async function destroyWithData(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const observations = required(context, 'observations');
  const account = withChange(required(context, 'account'), ({ storage, database }) => {
    storage.autoDelete = true;
    database.autoDelete = true;
  });
  context.account = account;
  const options = { signal: context.signal, onProgress };
  requireSuccess(context, 'lifecycle.end', await runFoundation(account, 'deploy', options, CHANGE_ONLY));
  await observations.checkLater(account, criteriaOf('1.3.AC4'), 'as a trial');
  const result = await runFoundation(account, 'destroy', options, ['--account-stacks']);
  requireSuccess(context, 'lifecycle.end', result);
  // From here on the count of its orders has to be right to the one.
  await required(context, 'stopApplication')();
  await observations.checkLater(account, existingApplicationChecks, 'at the end');
  const tagged = await searchByProject(account);
  context.checklist.verdict(
    'lifecycle.end',
    leftBehind({
      stacks: await listStacks(account),
      parameters: (await publishedParameters(account)).map(({ Name = '' }) => Name),
      inDatabase: await leftInDatabase(account),
      tagged: await withoutGoingKeys(
        account,
        tagged.map(({ arn }) => arn),
      ),
    }),
    `schema, database role and recordings are gone; recordings of the first deployment and log archives are kept, in ${seconds(result)}`,
  );
  return seconds(result);
}

/** A key is deleted days after it was asked for; until then it is listed, and costs nothing. */
async function withoutGoingKeys({ aws }: Account, arns: readonly string[]): Promise<string[]> {
  const isGoing = async (KeyId: string): Promise<boolean> =>
    KeyId.includes(':key/') && (await aws.kms.describeKey({ KeyId })).KeyMetadata?.KeyState === 'PendingDeletion';
  const going = await Promise.all(arns.map(isGoing));
  return arns.filter((_, index) => !going[index]);
}

/** Schemas and database roles of ours that are still there. */
async function leftInDatabase(account: Account): Promise<string[]> {
  const ours = oursIn(account);
  return withAdmin(account.application, async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      `select 'schema ' || nspname as name from pg_namespace where nspname = any ($1)
       union all select 'database role ' || rolname from pg_roles where rolname = any ($2)`,
      [[ours.schema, ledgerSchema(ours)], databaseRolesOf(ours)],
    );
    return rows.map(({ name }) => name);
  });
}
