import type { Place } from './place';
import { PolicyEvaluationError } from './policy-evaluation-error';
import type { Resource } from './template';

/** How the resources of a type are called and addressed. */
interface Naming {
  /** Property that fixes the name. */
  readonly nameProperty?: string;
  readonly arn: (name: string, place: Place) => string;
  /** What `Ref` gives. @default 'name' */
  readonly ref?: 'name' | 'arn';
}

const regional = (service: string, path: (name: string) => string) => (name: string, place: Place) =>
  `arn:${place.partition}:${service}:${place.region}:${place.account}:${path(name)}`;

const iam = (kind: string) => (name: string, place: Place) =>
  `arn:${place.partition}:iam::${place.account}:${kind}/${name}`;

/** The types that policies of CDK apps refer to. */
const NAMINGS: { readonly [type: string]: Naming } = {
  'AWS::BCM::Dashboard': {
    arn: (name, { partition, account }) => `arn:${partition}:bcm-dashboards::${account}:dashboard/${name}`,
    ref: 'arn',
  },
  'AWS::Budgets::Budget': {
    arn: (name, { partition, account }) => `arn:${partition}:budgets::${account}:budget/${name}`,
  },
  'AWS::DynamoDB::Table': { nameProperty: 'TableName', arn: regional('dynamodb', (name) => `table/${name}`) },
  'AWS::Events::Rule': { nameProperty: 'Name', arn: regional('events', (name) => `rule/${name}`) },
  'AWS::IAM::ManagedPolicy': { nameProperty: 'ManagedPolicyName', arn: iam('policy'), ref: 'arn' },
  'AWS::IAM::Role': { nameProperty: 'RoleName', arn: iam('role') },
  'AWS::KMS::Key': { arn: regional('kms', (name) => `key/${name}`) },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', arn: regional('lambda', (name) => `function:${name}`) },
  'AWS::Logs::LogGroup': { nameProperty: 'LogGroupName', arn: regional('logs', (name) => `log-group:${name}:*`) },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    arn: (name, { partition }) => `arn:${partition}:s3:::${name}`,
  },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    arn: regional('scheduler', (name) => `schedule/default/${name}`),
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    arn: regional('secretsmanager', (name) => `secret:${name}-a1B2c3`),
    ref: 'arn',
  },
  'AWS::SNS::Topic': { nameProperty: 'TopicName', arn: regional('sns', (name) => name), ref: 'arn' },
  'AWS::SQS::Queue': { nameProperty: 'QueueName', arn: regional('sqs', (name) => name) },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    arn: regional('ssm', (name) => `parameter/${name.replace(/^\//, '')}`),
  },
  'AWS::StepFunctions::StateMachine': { arn: regional('states', (name) => `stateMachine:${name}`), ref: 'arn' },
};

/** ARN of a resource that is given by its name, or by its ARN. */
export function arnOf(type: string, nameOrArn: string, place: Place): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : namingOf(type, nameOrArn).arn(nameOrArn, place);
}

/** A resource as if it were deployed: its name is the fixed one, else its logical id. */
export class PhysicalResource {
  readonly arn: string;
  readonly ref: string;

  /** @throws PolicyEvaluationError for a type whose ARNs are not known here */
  constructor(logicalId: string, { Type, Properties = {} }: Resource, place: Place) {
    const naming = namingOf(Type, logicalId);
    const fixed = naming.nameProperty ? Properties[naming.nameProperty] : undefined;
    // Names of buckets are lower case.
    const generated = Type === 'AWS::S3::Bucket' ? logicalId.toLowerCase() : logicalId;
    const name = typeof fixed === 'string' ? fixed : generated;
    this.arn = naming.arn(name, place);
    this.ref = naming.ref === 'arn' ? this.arn : name;
  }
}

function namingOf(type: string, what: string): Naming {
  const naming = NAMINGS[type];
  if (naming) return naming;
  throw new PolicyEvaluationError(
    `a policy must refer to resources whose ARNs are known, got: ${what} of type ${type}. Add the type to physical-resource.ts.`,
  );
}
