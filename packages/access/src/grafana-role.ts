import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps } from '@user-metrics/tagging/props';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import { type IRole, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { IAM_ROLE_RULES, type IamRoleProps } from './iam-role-props';
import { publishedRole } from './published-role';
import { serviceTrust } from './service-trust';

/**
 * IAM role of an Amazon Managed Grafana workspace: reads metrics, logs and traces of this account and Region, changes
 * nothing. Metrics of us-east-1 it reads too: AWS/Billing and AWS/CloudFront are published there alone.
 *
 * @example
 * new GrafanaRole(stack, 'GrafanaRole');
 */
export class GrafanaRole extends Role {
  /** @throws Error for a path, a name or a boundary that is none */
  constructor(scope: Construct, id: string, props: IamRoleProps = {}) {
    checkProps(props, IAM_ROLE_RULES, Error);
    super(scope, id, {
      ...props,
      // The slash is part of a workspace's ARN: `arn:aws:grafana:<region>:<account>:/workspaces/<id>`.
      assumedBy: serviceTrust(scope, 'grafana.amazonaws.com', { service: 'grafana', pattern: '/workspaces/*' }),
      description: 'Reads CloudWatch, X-Ray and tags for Grafana',
      inlinePolicies: { Read: readPolicy(Stack.of(scope)) },
    });
    applyComponentTags(this, 'grafana');
  }

  /**
   * The IAM role that a deployed stage of the foundation publishes. Nothing can be granted to it here: the stage did so.
   *
   * @throws Error for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IRole {
    return publishedRole(scope, id, props, 'access/grafana-role-arn');
  }
}

/** Actions without a resource type: they see the whole account, so at least only in this Region. */
const ACCOUNT_WIDE_READS = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:DescribeAlarmHistory',
  'cloudwatch:DescribeAlarmsForMetric',
  'cloudwatch:GetInsightRuleReport',
  'cloudwatch:GetMetricData',
  'cloudwatch:GetMetricStatistics',
  'cloudwatch:ListMetrics',
  'ec2:DescribeInstances',
  'ec2:DescribeRegions',
  'ec2:DescribeTags',
  'logs:DescribeLogGroups',
  'logs:GetLogRecord',
  'logs:GetQueryResults',
  'logs:StopQuery',
  'tag:GetResources',
  'xray:BatchGetTraces',
  'xray:GetGroups',
  'xray:GetInsightSummaries',
  'xray:GetServiceGraph',
  'xray:GetTimeSeriesServiceStatistics',
  'xray:GetTraceGraph',
  'xray:GetTraceSummaries',
];

/** Region of the metrics of AWS/Billing and AWS/CloudFront (CloudWatch guide, "Create a billing alarm"; CloudFront guide). */
const GLOBAL_METRICS_REGION = 'us-east-1';

function readPolicy({ partition, region, account }: Stack): PolicyDocument {
  const isGlobal = (action: string) => /^cloudwatch:(GetMetric|ListMetrics)/.test(action);
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ACCOUNT_WIDE_READS,
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': region } },
      }),
      ...(region === GLOBAL_METRICS_REGION || isOtherPartition(region)
        ? []
        : [
            new PolicyStatement({
              actions: ACCOUNT_WIDE_READS.filter(isGlobal),
              resources: ['*'],
              conditions: { StringEquals: { 'aws:RequestedRegion': GLOBAL_METRICS_REGION } },
            }),
          ]),
      new PolicyStatement({
        actions: ['logs:GetLogEvents', 'logs:GetLogGroupFields', 'logs:StartQuery'],
        resources: [`arn:${partition}:logs:${region}:${account}:log-group:*`],
      }),
    ],
  });
}

/** Whether a Region surely belongs to a partition that us-east-1 does not, such as that of China. */
function isOtherPartition(region: string): boolean {
  return !Token.isUnresolved(region) && (RegionInfo.get(region).partition ?? 'aws') !== 'aws';
}
