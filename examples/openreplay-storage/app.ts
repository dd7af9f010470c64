import { OpenReplayTaskRole, TaskExecutionRole } from '@user-metrics/access';
import { FOR_TASKS } from '@user-metrics/sst/contract';
import { tagValues } from '@user-metrics/sst/tags';
import { SessionReplayBucket } from '@user-metrics/storage';
import { applyComponentTags, ObservabilityTags, TagCompliance } from '@user-metrics/tagging';
import { stageTags } from '@user-metrics/tagging/schema';
import { ContainerImage, FargateTaskDefinition, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { App, CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';

export const app = new App({ context: flags });

/** A value of the command line: `npx cdk deploy --context stage=dev …`. */
function given(name: string, accepted: RegExp, must: string): string {
  const value: unknown = app.node.tryGetContext(name);
  if (typeof value === 'string' && accepted.test(value)) return value;
  process.stderr.write(`--context ${name}=… must be ${must}\nGot: ${value}.\n`);
  process.exit(2);
}

const FIND_DIGEST = 'Find it with: docker buildx imagetools inspect <repository>:<tag>';
const stage = given('stage', /^[A-Za-z][A-Za-z0-9-]{0,31}$/, 'a stage of the foundation, such as dev.');
const image = given('image', /@sha256:[0-9a-f]{64}$/, `an image of OpenReplay with its digest. ${FIND_DIGEST}`);

const stack = new Stack(app, `OpenReplayStorage-${stage}`, {
  description: `A task of OpenReplay that uses the bucket of recordings (${stage})`,
});
ObservabilityTags.of(stack).apply(stageTags(tagValues, stage, 'CDK'));
applyComponentTags(stack, 'openReplay');
Validations.of(app).addPlugins(new TagCompliance());
Validations.of(stack).acknowledge({
  id: 'CloudFormation-Validate::E3511',
  reason: 'It takes the name of the SSM parameter for the ARN in it.',
});

// CloudFormation reads what the foundation publishes at each deployment.
const { bucketName, deletionDelayDays } = SessionReplayBucket.fromPublishedContract(stack, 'Recordings', { stage });
/**
 * What the services of OpenReplay that read or write recordings need. AWS_ENDPOINT, S3_HOST, AWS_ACCESS_KEY_ID, and
 * AWS_SECRET_ACCESS_KEY are left out: with them OpenReplay neither uses TLS nor its task role.
 */
const environment = {
  // of the services in Go: storage, ender, http, …
  AWS_REGION: stack.region,
  BUCKET_NAME: bucketName,
  // of the API
  AWS_DEFAULT_REGION: stack.region,
  sessions_region: stack.region,
  sessions_bucket: bucketName,
  SCH_DELETE_DAYS: deletionDelayDays,
};

const task = new FargateTaskDefinition(stack, 'Task', {
  cpu: 1024,
  memoryLimitMiB: 2048,
  executionRole: TaskExecutionRole.fromPublishedContract(stack, 'TaskExecutionRole', { stage }),
  taskRole: OpenReplayTaskRole.fromPublishedContract(stack, 'TaskRole', { stage }),
});
const logGroup = new LogGroup(stack, 'Logs', {
  logGroupName: `${FOR_TASKS.logGroupPrefix}${stage}/openreplay`,
  retention: RetentionDays.ONE_MONTH,
  removalPolicy: RemovalPolicy.DESTROY,
});
task.addContainer('OpenReplay', {
  image: ContainerImage.fromRegistry(image),
  logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'openreplay' }),
  environment,
});
new CfnOutput(stack, 'Environment', { value: stack.toJsonString(environment) });

app.synth();
