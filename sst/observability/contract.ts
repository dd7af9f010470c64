/** One value that the foundation publishes. */
export interface Published {
  /** Type of the SSM parameter; a `StringList` is separated by commas. */
  readonly type: 'String' | 'StringList';
  /** What it is. */
  readonly meaning: string;
}

/** Everything that a stage of the foundation publishes for others, by its name below {@link contractPath}. */
export const CONTRACT = {
  tags: { type: 'String', meaning: 'The tags of the stage, as a JSON object' },
  'network/vpc-id': { type: 'String', meaning: 'Id of the VPC of the tasks' },
  'network/public-subnet-ids': { type: 'StringList', meaning: 'Subnets for the load balancer' },
  'network/private-subnet-ids': { type: 'StringList', meaning: 'Subnets for the tasks' },
  'network/load-balancer-security-group-id': { type: 'String', meaning: 'Security group for the load balancer' },
  'network/umami-security-group-id': { type: 'String', meaning: 'Security group for the tasks of Umami' },
  'network/openreplay-security-group-id': { type: 'String', meaning: 'Security group for the tasks of OpenReplay' },
  'network/database-function-security-group-id': {
    type: 'String',
    meaning: 'Security group of the function that sets up the database',
  },
  'network/application-functions-security-group-id': {
    type: 'String',
    meaning: 'Security group for functions of the application that send events to Umami and OpenReplay',
  },
  'access/task-execution-role-arn': { type: 'String', meaning: 'IAM role with which ECS starts the tasks' },
  'access/umami-task-role-arn': { type: 'String', meaning: 'IAM role of the containers of Umami' },
  'access/openreplay-task-role-arn': { type: 'String', meaning: 'IAM role of the containers of OpenReplay' },
  'access/lambda-telemetry-policy-arn': {
    type: 'String',
    meaning: 'Managed policy to attach to functions of the application that send telemetry',
  },
  'access/grafana-role-arn': { type: 'String', meaning: 'IAM role of an Amazon Managed Grafana workspace' },
  'database/secret-arn': { type: 'String', meaning: 'Secret with DATABASE_URL and the other values of Umami' },
  'database/schema-name': { type: 'String', meaning: 'PostgreSQL schema of Umami' },
  'database/role-name': { type: 'String', meaning: 'PostgreSQL role of Umami' },
  'database/verification-function-name': {
    type: 'String',
    meaning: 'Function that tells what is in the database, by lambda:Invoke',
  },
  'storage/replay-bucket-name': { type: 'String', meaning: 'Bucket of session recordings' },
  'storage/deletion-delay-days': {
    type: 'String',
    meaning: 'Days until the recording of a deleted session is gone: SCH_DELETE_DAYS of OpenReplay',
  },
} as const satisfies { readonly [name: string]: Published };

/** The values that functions of the application are given. */
export const FOR_FUNCTIONS = {
  /** The managed policy that lets them send metrics, logs and traces. */
  policy: 'access/lambda-telemetry-policy-arn',
  /** The VPC in which they can join {@link FOR_FUNCTIONS.securityGroup}. */
  vpc: 'network/vpc-id',
  /** What Umami and the ingestion of OpenReplay let in; it leads nowhere else, and lets nothing in itself. */
  securityGroup: 'network/application-functions-security-group-id',
} as const satisfies { readonly [use: string]: ContractName };

/** What the IAM roles and security groups ask of the tasks that use them; the same in every stage. */
export const FOR_TASKS = {
  /** Start of the names of log groups that `access/task-execution-role-arn` may write to. */
  logGroupPrefix: '/user-metrics/',
  /** Port of Umami that its security group lets the load balancer reach. */
  umamiPort: 3000,
} as const;

/**
 * Start of the metric namespaces that the telemetry policy allows (condition key `cloudwatch:namespace` of
 * `PutMetricData`).
 */
export const METRIC_NAMESPACE_PREFIX = 'UserMetrics/';

/** Name of a published value. */
export type ContractName = keyof typeof CONTRACT;

/** Names of the values of one concern, e.g. `network`. */
export type ContractNameOf<Concern extends string> = Extract<ContractName, Concern | `${Concern}/${string}`>;

/**
 * Where the values of a stage are: path of its SSM parameters, without a slash at the end.
 *
 * @param stage name of the stage
 */
export function contractPath(stage: string): string {
  return `/user-metrics/${stage}`;
}

/** Name of the SSM parameter of one value. */
export function parameterName(stage: string, name: ContractName): string {
  return `${contractPath(stage)}/${name}`;
}
