import { expect, test } from 'vitest';
import { GrafanaRole } from '../../src';
import { ENV, grantsOf, listed, newStack, resourcesOf } from './template';

function role(env = ENV) {
  const stack = newStack(env);
  new GrafanaRole(stack, 'Role');
  return resourcesOf(stack)[0] ?? { Type: 'none', Properties: {} };
}

test('is assumed by the workspaces of this account and Region', () => {
  expect(role().Properties.AssumeRolePolicyDocument?.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'grafana.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111111111111' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:grafana:us-east-1:111111111111:/workspaces/*' },
      },
    },
  ]);
});

test('reads metrics, logs, traces and tags of this Region', () => {
  expect(grantsOf(role())).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'cloudwatch:DescribeAlarmHistory',
        'cloudwatch:DescribeAlarms',
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
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    },
    {
      Effect: 'Allow',
      Action: ['logs:GetLogEvents', 'logs:GetLogGroupFields', 'logs:StartQuery'],
      Resource: 'arn:aws:logs:us-east-1:111111111111:log-group:*',
    },
  ]);
});

test('reads metrics of us-east-1 too, where AWS/Billing and AWS/CloudFront are published, and nothing else there', () => {
  const [, inUsEast1] = grantsOf(role({ ...ENV, region: 'eu-central-1' }));
  expect(inUsEast1).toEqual({
    Effect: 'Allow',
    Action: ['cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
  });
  expect(JSON.stringify(grantsOf(role({ ...ENV, region: 'cn-north-1' })))).not.toContain('us-east-1');
});

test('changes nothing', () => {
  const actions = grantsOf(role()).flatMap(({ Action }) => listed(Action));
  const changing = actions.filter((action) => !/:(BatchGet|Describe|Get|List)/.test(action));
  expect(changing).toEqual(['logs:StopQuery', 'logs:StartQuery']);
});

test('reads logs by log group wherever the action knows log groups', () => {
  // Service Authorization Reference, Amazon CloudWatch Logs: these have no resource type, an ARN would not match.
  const withoutResourceType = ['logs:GetLogRecord', 'logs:GetQueryResults', 'logs:StopQuery'];
  const [everywhere, byLogGroup] = grantsOf(role()).map(({ Action }) => listed(Action));
  expect(everywhere).toEqual(expect.arrayContaining(withoutResourceType));
  expect(byLogGroup?.filter((action) => withoutResourceType.includes(action))).toEqual([]);
});

test('says what it is for', () => {
  expect(role().Properties.Description).toBe('Reads CloudWatch, X-Ray and tags for Grafana');
  expect(role().Properties.Tags).toEqual([
    { Key: 'Component', Value: 'Grafana' },
    { Key: 'Function', Value: 'Visualization' },
  ]);
});
