import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { type PolicyStatement, principalsOf } from '../../account/policy';
import { published } from '../../account/published';
import { bucketPolicy, recordingsBucket } from '../../account/recordings-bucket';
import { resourcesOf } from '../../account/stack-resources';
import { partitionOf } from '../../config/partition';
import { parseStageStackName } from '../../stacks/stack-names';
import { type Criterion, differencesOf } from '../criterion';

export interface ObservedAccess {
  readonly bucket: string;
  readonly policy: readonly PolicyStatement[];
  readonly taskRoleArn: string;
  /** IAM roles of the functions that empty the buckets of the stack. */
  readonly emptyingRoleArns: readonly string[];
}

/** `1.3.AC4`: the policy of the bucket refuses everybody but the task role and the operators of the configuration. */
export const recordingsAccess: Criterion<ObservedAccess> = {
  id: '1.3.AC4',
  async observe(deployed) {
    const bucket = await recordingsBucket(deployed);
    return {
      bucket,
      policy: await bucketPolicy(deployed, bucket),
      taskRoleArn: await published(deployed, 'access/openreplay-task-role-arn'),
      emptyingRoleArns: await emptyingRoleArns(deployed),
    };
  },
  evaluate({ bucket, policy, taskRoleArn, emptyingRoleArns: deployed }, expected) {
    const { operatorRoleArns = [], autoDelete } = stageOf(expected).storage;
    // The CDK empties a bucket with a function when its stage takes the recordings along.
    const emptying = autoDelete ? deployed : [];
    const except = policy
      .filter((statement) => refusesRecordings(statement, `arn:${partitionOf(expected.region)}:s3:::${bucket}/*`))
      .flatMap(({ Condition }) => Condition?.['ArnNotEquals']?.['aws:PrincipalArn'] ?? []);
    const open = policy
      .filter(({ Effect }) => Effect === 'Allow')
      .filter((statement) => !principalsOf(statement).every((principal) => emptying.includes(principal)))
      .map(({ Action }) => [Action].flat().join(', '));
    return {
      wrong: [
        ...(except.length > 0
          ? differencesOf('the list of who is let in', except, [taskRoleArn, ...operatorRoleArns, ...emptying])
          : ['the policy refuses nobody']),
        ...open.map((actions) => `the policy itself allows ${actions}`),
      ],
      evidence: `everybody but ${except.join(' and ')} is refused`,
    };
  },
};

async function emptyingRoleArns(deployed: DeployedStage): Promise<string[]> {
  const roles = (await resourcesOf(deployed, 'AWS::IAM::Role')).filter(
    ({ stack, logicalId }) =>
      parseStageStackName(stack)?.concern === 'Storage' && logicalId.startsWith('CustomS3AutoDeleteObjects'),
  );
  return roles.map(({ physicalId }) => `arn:${partitionOf(deployed.region)}:iam::${deployed.id}:role/${physicalId}`);
}

/** Whether a statement refuses everybody, but for its condition, to read any recording. */
function refusesRecordings({ Effect, Principal, Action, Resource }: PolicyStatement, recordings: string): boolean {
  const principals = typeof Principal === 'string' ? [Principal] : [Principal['AWS']].flat();
  const isForAll = principals.includes('*') && [Resource].flat().includes(recordings);
  return Effect === 'Deny' && isForAll && [Action].flat().some((action) => action.startsWith('s3:GetObject'));
}
