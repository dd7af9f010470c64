import { parseStageStackName } from '@user-metrics/foundation';
import { listStacks, published } from '@user-metrics/foundation/account';
import type { Account } from '../../account/account';
import { existingApplicationChecks } from '../../account/checks';
import { databaseCriteria } from '../../account/checks/account-check';
import { CHANGE_ONLY, runFoundation } from '../../account/foundation-command';
import { notRolledBack } from '../../account/lifecycle';
import { type RehearsalContext, required } from '../../context';
import { withChange } from './change';
import { seconds } from './deploy';

type OnProgress = (message: string) => void;

/** A schema that belongs to the application: the function refuses it when other resources are updated already. */
export async function failMidDeployment(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  const secret = await secretValue(account);
  const wrong = withChange(account, (stage, foundation) => {
    stage.database.schema = account.application.schema;
    foundation.tags.owner = `${foundation.tags.owner}-3`;
  });
  const result = await runFoundation(wrong, 'deploy', { signal: context.signal, onProgress }, CHANGE_ONLY);
  const database = (await listStacks(account)).find(({ name }) => parseStageStackName(name)?.concern === 'Database');
  context.checklist.verdict(
    'lifecycle.failure',
    notRolledBack({
      exitCode: result.exitCode,
      output: result.output,
      status: database?.status,
      secretBefore: secret,
      secretAfter: await secretValue(account),
    }),
    `the function refused the application's schema; rolled back in ${seconds(result)}`,
  );
  await observations.checkLater(
    account,
    [...databaseCriteria, ...existingApplicationChecks],
    'after the failed update',
  );
  // The file holds what is deployed again.
  context.account = withChange(account, () => {});
  return seconds(result);
}

async function secretValue(account: Account): Promise<string | undefined> {
  const SecretId = await published(account, 'database/secret-arn');
  return (await account.aws.secretsManager.getSecretValue({ SecretId })).SecretString;
}
