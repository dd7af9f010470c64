import { Budgets } from '@aws-sdk/client-budgets';
import { CloudControl } from '@aws-sdk/client-cloudcontrol';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CostExplorer } from '@aws-sdk/client-cost-explorer';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import type { LocalAws } from '@user-metrics/local-aws';

export type Clients = ReturnType<typeof clientsFor>;

export function clientsFor(
  { endpoint, region }: LocalAws,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
) {
  const config = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    budgets: new Budgets(config),
    cloudControl: new CloudControl(config),
    cloudFormation: new CloudFormation(config),
    cloudWatch: new CloudWatch(config),
    costExplorer: new CostExplorer(config),
    ec2: new EC2(config),
    iam: new IAM(config),
    lambda: new Lambda(config),
    logs: new CloudWatchLogs(config),
    rds: new RDS(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    secrets: new SecretsManager(config),
    sns: new SNS(config),
    ssm: new SSM(config),
    sts: new STS(config),
    tagging: new ResourceGroupsTaggingAPI(config),
  };
}
