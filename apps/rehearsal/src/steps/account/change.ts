import { dirname } from 'node:path';
import type { Account } from '../../account/account';
import { neighbourChecks } from '../../account/checks';
import { databaseChecks } from '../../account/checks/database';
import { logArchive } from '../../account/checks/log-archive';
import { expiry } from '../../account/checks/recordings-bucket';
import { resourceTags } from '../../account/checks/resource-tags';
import { tagSearch } from '../../account/checks/tag-search';
import { type Change, writeConfig } from '../../account/config-copy';
import { runFoundation } from '../../account/foundation-command';
import { notRolledBack, replaced } from '../../account/life';
import { NEIGHBOUR_FUNCTIONS } from '../../account/neighbour/functions';
import { published } from '../../account/published';
import { ourResources, ourStacks } from '../../account/stack-resources';
import { type RehearsalContext, required } from '../../context';
import { requireSuccess, seconds } from './deploy';

const [APPLICATION_FUNCTION = ''] = Object.keys(NEIGHBOUR_FUNCTIONS);

type OnProgress = (message: string) => void;

/** The same account with a changed configuration. */
export function withChange(account: Account, change: Change): Account {
  const { file, foundation } = account.config;
  return { ...account, config: writeConfig(dirname(file), foundation, change) };
}

/** A longer retention, an archive for logs, and another owner: everything is updated for that, and nothing replaced. */
export async function changeValue(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const observations = required(context, 'observations');
  const before = await ourResources(required(context, 'account'));
  const account = withChange(required(context, 'account'), (stage, foundation) => {
    stage.storage.retentionDays += 15;
    stage.storage.logArchive ??= { preset: 'afterOneYear', exportLogGroups: [`/aws/lambda/${APPLICATION_FUNCTION}`] };
    foundation.tags.owner = `${foundation.tags.owner}-2`;
  });
  context.account = account;
  const result = await runFoundation(account, 'deploy', { signal: context.signal, onProgress });
  requireSuccess(context, 'life.change', result);
  const after = await ourResources(account);
  context.checklist.verdict(
    'life.change',
    replaced(before, after),
    `retention and owner changed, an archive added; ${before.length} resources are the same ones, in ${seconds(result)}`,
  );
  await observations.look(
    account,
    [expiry, logArchive, resourceTags, tagSearch, ...databaseChecks, ...neighbourChecks],
    'after the change',
  );
  return seconds(result);
}

/** A schema that belongs to the application: the function refuses it when other resources are updated already. */
export async function failHalfWay(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  const secret = await secretValue(account);
  const wrong = withChange(account, (stage, foundation) => {
    stage.database.schema = account.application.schema;
    foundation.tags.owner = `${foundation.tags.owner}-3`;
  });
  const result = await runFoundation(wrong, 'deploy', { signal: context.signal, onProgress });
  const database = (await ourStacks(account)).find(({ name }) => name.endsWith('-Database'));
  context.checklist.verdict(
    'life.failure',
    notRolledBack({
      exitCode: result.exitCode,
      status: database?.status,
      secretBefore: secret,
      secretAfter: await secretValue(account),
    }),
    `the function refused the application's schema; rolled back in ${seconds(result)}`,
  );
  await observations.look(account, [...databaseChecks, ...neighbourChecks], 'after the failed update');
  // The file holds what is deployed again.
  context.account = withChange(account, () => {});
  return seconds(result);
}

async function secretValue(account: Account): Promise<string | undefined> {
  const SecretId = await published(account, 'database/secret-arn');
  return (await account.aws.secretsManager.getSecretValue({ SecretId })).SecretString;
}
