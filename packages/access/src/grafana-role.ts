import { applyComponentTags } from '@user-metrics/tagging';
import { PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { serviceTrust } from './service-trust';

/**
 * IAM role of an Amazon Managed Grafana workspace: reads metrics, logs and traces of this account and Region, changes
 * nothing.
 *
 * @example
 * new GrafanaRole(stack, 'GrafanaRole');
 */
export class GrafanaRole extends Role {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      // The slash is part of a workspace's ARN: `arn:aws:grafana:<region>:<account>:/workspaces/<id>`.
      assumedBy: serviceTrust(scope, 'grafana.amazonaws.com', { service: 'grafana', pattern: '/workspaces/*' }),
      description: 'Reads CloudWatch, X-Ray and tags for Grafana',
      inlinePolicies: { Read: readPolicy(Stack.of(scope)) },
    });
    applyComponentTags(this, 'grafana');
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

function readPolicy({ partition, region, account }: Stack): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ACCOUNT_WIDE_READS,
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': region } },
      }),
      new PolicyStatement({
        actions: ['logs:GetLogEvents', 'logs:GetLogGroupFields', 'logs:StartQuery'],
        resources: [`arn:${partition}:logs:${region}:${account}:log-group:*`],
      }),
    ],
  });
}
