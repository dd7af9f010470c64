import { type Account, stageOf } from '../account';
import { type PolicyStatement, principalsOf, recordingsPolicy } from '../policy';
import { published } from '../published';
import { ourResources } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';

/** `1.3.AC4`: the policy of the bucket refuses everybody but the task role and the operators of the configuration. */
export const onlyTaskRole: AccountCheck = {
  id: '1.3.AC4',
  async look(account) {
    const Bucket = await published(account, 'storage/replay-bucket-name');
    const { operatorRoleArns = [] } = stageOf(account).storage;
    const emptying = await emptyingRoleArns(account);
    const allowed = [await published(account, 'access/openreplay-task-role-arn'), ...operatorRoleArns, ...emptying];
    const statements = await recordingsPolicy(account);
    const except = statements
      .filter((statement) => refusesRecordings(statement, Bucket))
      .flatMap(({ Condition }) => Condition?.['ArnNotEquals']?.['aws:PrincipalArn'] ?? []);
    const open = statements
      .filter(({ Effect }) => Effect === 'Allow')
      .filter((statement) => !principalsOf(statement).every((principal) => emptying.includes(principal)))
      .map(({ Action }) => [Action].flat().join(', '));
    return {
      wrong: [
        ...(except.length > 0
          ? differencesOf('the list of who is let in', except, allowed)
          : ['the policy refuses nobody']),
        ...open.map((actions) => `the policy itself allows ${actions}`),
      ],
      evidence: `everybody but ${except.join(' and ')} is refused`,
    };
  },
};

/** The role of the function with which the CDK empties a bucket; only a stage that takes its recordings along has one. */
async function emptyingRoleArns(account: Account): Promise<string[]> {
  if (!stageOf(account).storage.autoDelete) return [];
  const roles = (await ourResources(account)).filter(
    ({ stack, type, logicalId }) =>
      stack.endsWith('-Storage') && type === 'AWS::IAM::Role' && logicalId.startsWith('CustomS3AutoDeleteObjects'),
  );
  return roles.map(({ physicalId }) => `arn:aws:iam::${account.id}:role/${physicalId}`);
}

/** Whether a statement refuses everybody, but for its condition, to read any recording. */
function refusesRecordings({ Effect, Principal, Action, Resource }: PolicyStatement, bucket: string): boolean {
  const principals = typeof Principal === 'string' ? [Principal] : [Principal['AWS']].flat();
  const isForAll = principals.includes('*') && [Resource].flat().includes(`arn:aws:s3:::${bucket}/*`);
  return Effect === 'Deny' && isForAll && [Action].flat().some((action) => action.startsWith('s3:GetObject'));
}
