import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * What a report of cost and usage is read with, of the actions that AWS lists for scheduled reports (Cost Management guide,
 * "Execution role permissions for scheduled reports"). The others are for widgets that the dashboard does not have.
 */
const READS = [
  'billing:ListBillingViews',
  'ce:GetCostAndUsage',
  'ce:GetCostCategories',
  'ce:GetDimensionValues',
  'ce:GetTags',
];

/** What {@link ScheduledReport} is made of. */
export interface ScheduledReportProps {
  /** ARN of the dashboard. */
  readonly dashboardArn: string;
  /** Letters, digits, `-`, `_` and single spaces, 2 to 50. */
  readonly name: string;
  /** E.g. `cron(0 7 2 * ? *)`, UTC. */
  readonly schedule: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[] | undefined;
}

/** A dashboard of Billing and Cost Management as a PDF, by schedule, and the IAM role that AWS reads its figures with. */
export class ScheduledReport extends Construct {
  constructor(scope: Construct, id: string, { dashboardArn, name, schedule, tags }: ScheduledReportProps) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const role = new Role(this, 'Role', {
      description: 'Reads the dashboard of the cost of the project for its scheduled report',
      assumedBy: new ServicePrincipal('bcm-dashboards.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:bcm-dashboards::${account}:*` },
        },
      }),
      inlinePolicies: {
        Read: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['bcm-dashboards:GetDashboard'], resources: [dashboardArn] }),
            // None of them knows resources (Service Authorization Reference); all are answered in one Region.
            new PolicyStatement({
              actions: READS,
              resources: ['*'],
              conditions: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
            }),
          ],
        }),
      },
    });
    // The typed resource is newer than the oldest release of the CDK that this package works with.
    new CfnResource(this, 'Resource', {
      type: 'AWS::BCM::ScheduledReport',
      properties: {
        Name: name,
        Description: 'The dashboard of the cost of the project as a PDF',
        DashboardArn: dashboardArn,
        ScheduledReportExecutionRoleArn: role.roleArn,
        ScheduleConfig: { ScheduleExpression: schedule, ScheduleExpressionTimeZone: 'UTC', State: 'ENABLED' },
        Tags: tags,
      },
    });
  }
}
