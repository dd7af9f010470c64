import { Budgets } from '@aws-sdk/client-budgets';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';

/** Who asks, and where. */
export interface Caller {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** One client for each service that the rehearsal asks. */
export function clientsFor(caller: Caller) {
  // A refusal is an answer: asking again would only take time.
  const config = { ...caller, maxAttempts: 1 };
  return {
    budgets: new Budgets(config),
    cloudFormation: new CloudFormation(config),
    cloudFront: new CloudFront(config),
    cloudWatch: new CloudWatch(config),
    ec2: new EC2(config),
    eventBridge: new EventBridge(config),
    iam: new IAM(config),
    kms: new KMS(config),
    lambda: new Lambda(config),
    logs: new CloudWatchLogs(config),
    rds: new RDS(config),
    s3: new S3(config),
    secretsManager: new SecretsManager(config),
    sns: new SNS(config),
    ssm: new SSM(config),
    sts: new STS(config),
    tagging: new ResourceGroupsTaggingAPI(config),
  };
}

export type Aws = ReturnType<typeof clientsFor>;
