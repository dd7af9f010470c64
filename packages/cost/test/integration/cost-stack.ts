import { setTimeout } from 'node:timers/promises';
import { Budgets } from '@aws-sdk/client-budgets';
import {
  CloudFormation,
  type Stack as DeployedStack,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { LocalAws } from '@user-metrics/local-aws';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { AlertTopic, CostBudget } from '../../src';

/** What differs between two deployments. */
export interface Version {
  readonly emails?: readonly string[];
  readonly thresholds?: readonly number[];
  /** @default - the name that CloudFormation gives */
  readonly fixedName?: string;
}

/** A topic and a budget, deployed by CloudFormation in one version after the other. */
export class CostStackUnderTest {
  private readonly cloudFormation: CloudFormation;
  private readonly budgets: Budgets;
  private isThere = false;

  constructor(
    private readonly aws: LocalAws,
    private readonly StackName: string,
  ) {
    const client = { endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials, maxAttempts: 1 };
    this.cloudFormation = new CloudFormation(client);
    this.budgets = new Budgets(client);
  }

  /** @returns the status of the stack, and what made it fail */
  async deploy(version: Version): Promise<{ status: string; reason: string }> {
    const { StackName } = this;
    const input = { StackName, TemplateBody: JSON.stringify(templateOf(version)) };
    await (this.isThere ? this.cloudFormation.updateStack(input) : this.cloudFormation.createStack(input));
    this.isThere = true;
    const { StackStatus: status = '' } = await this.settled();
    const { StackEvents = [] } = await this.cloudFormation.describeStackEvents({ StackName });
    const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    return { status, reason: failed?.ResourceStatusReason ?? '' };
  }

  /** Ids that CloudFormation knows the resources by. */
  async ids(): Promise<{ budget: string; topic: string }> {
    const { StackResources = [] } = await this.cloudFormation.describeStackResources({ StackName: this.StackName });
    const idOf = (type: string) =>
      StackResources.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId ?? '';
    return { budget: idOf('AWS::Budgets::Budget'), topic: idOf('AWS::SNS::Topic') };
  }

  /** Every budget of the account, with the percentages at which its actual cost alerts. */
  async budgetsOfAccount(): Promise<{ [name: string]: number[] }> {
    const AccountId = this.aws.account;
    const { Budgets: found = [] } = await this.budgets.describeBudgets({ AccountId });
    const withAlerts = found.map(async ({ BudgetName = '' }) => {
      const { Notifications = [] } = await this.budgets.describeNotificationsForBudget({ AccountId, BudgetName });
      const percentages = Notifications.filter(
        ({ NotificationType, ThresholdType }) => NotificationType === 'ACTUAL' && ThresholdType === 'PERCENTAGE',
      );
      return [BudgetName, percentages.map(({ Threshold = 0 }) => Threshold)] as const;
    });
    return Object.fromEntries(await Promise.all(withAlerts));
  }

  async remove(): Promise<void> {
    const { cloudFormation: client, StackName } = this;
    await client.deleteStack({ StackName });
    await waitUntilStackDeleteComplete({ client, maxWaitTime: 20, minDelay: 0.1 }, { StackName });
  }

  private async settled(timeoutMs = 20_000): Promise<DeployedStack> {
    for (const deadline = Date.now() + timeoutMs; ; await setTimeout(50)) {
      const { Stacks: [stack] = [] } = await this.cloudFormation.describeStacks({ StackName: this.StackName });
      if (stack && !stack.StackStatus?.endsWith('IN_PROGRESS')) return stack;
      if (Date.now() > deadline) throw new Error(`The stack is still ${stack?.StackStatus}`);
    }
  }
}

function templateOf({ emails = ['a@example.com'], thresholds, fixedName }: Version): object {
  // There are no assets, and nothing is bootstrapped.
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
  const stack = new Stack(new App(), 'Cost', { env: { account: '000000000000', region: 'us-east-1' }, synthesizer });
  const topic = new AlertTopic(stack, 'Alerts', { emails });
  const budget = new CostBudget(stack, 'Budget', {
    project: 'UserMetrics',
    topic,
    ...(thresholds ? { thresholds } : {}),
  });
  if (fixedName) (budget.node.findChild('Resource') as CfnBudget).addPropertyOverride('Budget.BudgetName', fixedName);
  return Template.fromStack(stack).toJSON();
}
