import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Flow logs of the four subnets, as cheap as they get: only what a security group or network ACL rejected, collected over
 * ten minutes, kept for a week.
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, subnetIds: { readonly [name: string]: string }) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.role(logGroup.logGroupArn);
    for (const [name, resourceId] of Object.entries(subnetIds)) {
      new CfnFlowLog(this, name, {
        resourceType: 'Subnet',
        resourceId,
        trafficType: 'REJECT',
        maxAggregationInterval: 600,
        logDestinationType: 'cloud-watch-logs',
        logGroupName: logGroup.logGroupName,
        deliverLogsPermissionArn: role.roleArn,
      });
    }
  }

  /** VPC guide, "IAM role for publishing flow logs to CloudWatch Logs", for one log group. */
  private role(logGroupArn: string): Role {
    const { partition, region, account } = Stack.of(this);
    return new Role(this, 'IamRole', {
      description: 'Writes the flow logs of the subnets',
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      }),
      inlinePolicies: {
        WriteFlowLogs: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              resources: [logGroupArn],
            }),
            new PolicyStatement({
              // The action has no resource type (Service Authorization Reference, Amazon CloudWatch Logs).
              actions: ['logs:DescribeLogGroups'],
              resources: ['*'],
              conditions: { StringEquals: { 'aws:RequestedRegion': region } },
            }),
          ],
        }),
      },
    });
  }
}
