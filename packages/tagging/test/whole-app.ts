import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { applyComponentTags, CostAllocationTags, ObservabilityTags } from '../src';

export const tags = {
  Project: 'UserMetrics',
  Environment: 'dev',
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform',
} as const;

const flags = { ...recommendedFlags, '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

/** An app with each kind of function that CDK writes by itself, and with a few resources of its own. */
export function wholeApp(apply = (app: App) => ObservabilityTags.of(app).apply(tags), context: object = flags): App {
  const app = new App({ context: { ...context } });
  const stack = new Stack(app, 'Stack');
  new Vpc(stack, 'Vpc', { maxAzs: 1, restrictDefaultSecurityGroup: true });
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
  applyComponentTags(bucket, 'openReplay');
  bucket.addEventNotification(EventType.OBJECT_CREATED, new SnsDestination(new Topic(stack, 'Topic')));
  const onEventHandler = new LambdaFunction(stack, 'Handler', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => {}'),
  });
  new Provider(stack, 'Provider', { onEventHandler });
  const call = {
    service: 'STS',
    action: 'GetCallerIdentity',
    physicalResourceId: PhysicalResourceId.of('caller'),
  };
  const policy = AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE });
  new AwsCustomResource(stack, 'Caller', { onCreate: call, policy, installLatestAwsSdk: false });
  new Secret(stack, 'Secret');
  new CostAllocationTags(stack, 'CostAllocationTags');
  apply(app);
  return app;
}
