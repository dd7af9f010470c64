import { setTimeout } from 'node:timers/promises';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { type ProbeContext, unique } from './probe';

export interface Template {
  readonly Resources: { readonly [logicalId: string]: { readonly Type: string; readonly Properties?: object } };
  readonly Outputs?: object;
}

/** Makes a stack and gives it when it is settled. */
export async function createStack(
  { cloudFormation }: ProbeContext,
  template: Template,
  StackName = unique('probe'),
): Promise<Stack> {
  await cloudFormation.createStack({ StackName, TemplateBody: JSON.stringify(template) });
  return settled(cloudFormation, StackName);
}

/** A stack that is no longer in progress. */
export async function settled(
  cloudFormation: ProbeContext['cloudFormation'],
  StackName: string,
  timeoutMs = 20_000,
): Promise<Stack> {
  for (const deadline = Date.now() + timeoutMs; ; await setTimeout(50)) {
    const stack = (await cloudFormation.describeStacks({ StackName })).Stacks?.[0];
    if (stack && !stack.StackStatus?.endsWith('IN_PROGRESS')) return stack;
    if (Date.now() > deadline) throw new Error(`Stack ${StackName} is still ${stack?.StackStatus}`);
  }
}

/** Makes a stack with one resource `It`, and gives its physical id. */
export async function createOne(context: ProbeContext, Type: string, Properties: object): Promise<string> {
  const { StackName, StackStatus, StackStatusReason } = await createStack(context, {
    Resources: { It: { Type, Properties } },
  });
  if (StackStatus !== 'CREATE_COMPLETE') throw new Error(`${StackStatus}: ${StackStatusReason}`);
  const found = await context.cloudFormation.describeStackResource({ StackName, LogicalResourceId: 'It' });
  return found.StackResourceDetail?.PhysicalResourceId ?? '';
}
