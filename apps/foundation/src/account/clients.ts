import { Budgets } from '@aws-sdk/client-budgets';
import { CloudControl } from '@aws-sdk/client-cloudcontrol';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CostExplorer } from '@aws-sdk/client-cost-explorer';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';

/** Options that every client takes. */
export interface ClientOptions {
  readonly region: string;
  /** @default - the endpoints of AWS, or `AWS_ENDPOINT_URL` */
  readonly endpoint?: string;
  /** @default - the credential provider chain of the SDK */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** @default - the SDK's standard retries */
  readonly maxAttempts?: number;
}

/** No call waits for ever: milliseconds until there is a connection, and until there is an answer. */
const TIME_LIMITS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** One client for each service that the commands ask. */
export function clientsFor(given: ClientOptions) {
  const options = { requestHandler: TIME_LIMITS, ...given };
  return {
    budgets: new Budgets(options),
    cloudControl: new CloudControl(options),
    cloudFormation: new CloudFormation(options),
    cloudFront: new CloudFront(options),
    cloudWatch: new CloudWatch(options),
    costExplorer: new CostExplorer(options),
    ec2: new EC2(options),
    eventBridge: new EventBridge(options),
    iam: new IAM(options),
    kms: new KMS(options),
    lambda: new Lambda(options),
    logs: new CloudWatchLogs(options),
    rds: new RDS(options),
    s3: new S3(options),
    secretsManager: new SecretsManager(options),
    serviceQuotas: new ServiceQuotas(options),
    sns: new SNS(options),
    ssm: new SSM(options),
    sts: new STS(options),
    tagging: new ResourceGroupsTaggingAPI(options),
  };
}

export type Clients = ReturnType<typeof clientsFor>;
