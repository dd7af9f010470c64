import {
  GrafanaRole,
  LambdaTelemetryPolicy,
  OpenReplayTaskRole,
  TaskExecutionRole,
  UmamiTaskRole,
} from '@user-metrics/access';
import { FOR_TASKS } from '@user-metrics/sst/contract';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type StageContext, StageStack } from './foundation-stack';

/** IAM roles and policies. Stacks that own a secret or a bucket attach policies of their own to them. */
export class AccessStack extends StageStack {
  readonly taskExecutionRole: IRole;
  readonly openReplayTaskRole: IRole;

  constructor(scope: Construct, context: StageContext) {
    super(scope, context, 'Access', 'IAM roles of Umami, OpenReplay and Grafana');
    const taskExecutionRole = new TaskExecutionRole(this, 'TaskExecutionRole', {
      logGroupPrefix: FOR_TASKS.logGroupPrefix,
    });
    const umamiTaskRole = new UmamiTaskRole(this, 'UmamiTaskRole');
    const openReplayTaskRole = new OpenReplayTaskRole(this, 'OpenReplayTaskRole');
    const lambdaTelemetryPolicy = new LambdaTelemetryPolicy(this, 'LambdaTelemetryPolicy');
    const grafanaRole = new GrafanaRole(this, 'GrafanaRole');
    this.publish('access', {
      'access/task-execution-role-arn': taskExecutionRole.roleArn,
      'access/umami-task-role-arn': umamiTaskRole.roleArn,
      'access/openreplay-task-role-arn': openReplayTaskRole.roleArn,
      'access/lambda-telemetry-policy-arn': lambdaTelemetryPolicy.managedPolicyArn,
      'access/grafana-role-arn': grafanaRole.roleArn,
    });
    this.taskExecutionRole = taskExecutionRole;
    this.openReplayTaskRole = openReplayTaskRole;
  }
}
