import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

type Conditions = { readonly [operator: string]: { readonly [key: string]: string } };

/** A service of AWS that publishes alerts of this account. */
class AlertPublisher {
  constructor(
    private readonly name: string,
    private readonly service: string,
    private readonly conditions: Conditions,
  ) {}

  mayPublish(topicArn: string): PolicyStatement {
    return this.statement('Publish', ['sns:Publish'], topicArn);
  }

  /** For the policy of a key (SNS guide, "Enable compatibility between event sources and encrypted topics"). */
  mayEncrypt(): PolicyStatement {
    return this.statement('Encrypt', ['kms:Decrypt', 'kms:GenerateDataKey*'], '*');
  }

  private statement(verb: string, actions: string[], resource: string): PolicyStatement {
    return new PolicyStatement({
      sid: `${this.name}${verb}`,
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal(this.service)],
      actions,
      resources: [resource],
      conditions: this.conditions,
    });
  }
}

/**
 * Who publishes: budgets, alarms and cost anomaly detection, each only for resources of the account (Cost Management
 * guide, "Creating an Amazon SNS topic for budget notifications" and "… for anomaly notifications").
 */
export function publishers(scope: IConstruct): AlertPublisher[] {
  const { account, partition, region } = Stack.of(scope);
  const ofAccount = { StringEquals: { 'aws:SourceAccount': account } };
  const from = (arn: string) => ({ ...ofAccount, ArnLike: { 'aws:SourceArn': arn } });
  return [
    new AlertPublisher('Budgets', 'budgets.amazonaws.com', from(`arn:${partition}:budgets::${account}:*`)),
    new AlertPublisher(
      'Alarms',
      'cloudwatch.amazonaws.com',
      from(`arn:${partition}:cloudwatch:${region}:${account}:alarm:*`),
    ),
    new AlertPublisher('Anomalies', 'costalerts.amazonaws.com', ofAccount),
  ];
}
