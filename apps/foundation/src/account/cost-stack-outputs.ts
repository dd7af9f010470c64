import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CommandError, EXIT } from '../command-error';
import { ALERTS_STACK, COST_OUTPUTS, COST_STACK, TOPIC_OUTPUT } from '../stacks/stack-names';
import type { Place } from './place';

/** What the account's own stack says of itself. */
export type CostStackOutputs = { readonly [Name in keyof typeof COST_OUTPUTS]: string };

/** @throws CommandError when the account's stack is not deployed */
export async function costStackOutputs(place: Place): Promise<CostStackOutputs> {
  const outputs = await deployedOutputs(COST_STACK, place);
  const named = Object.entries(COST_OUTPUTS).map(([name, key]) => [name, outputs.get(key)]);
  if (named.every(([, value]) => value)) return Object.fromEntries(named);
  throw notDeployed(COST_STACK, place);
}

/** @throws CommandError when the stack is not deployed */
export async function alertsTopicArn(place: Place): Promise<string> {
  const topicArn = (await deployedOutputs(ALERTS_STACK, place)).get(TOPIC_OUTPUT);
  if (topicArn) return topicArn;
  throw notDeployed(ALERTS_STACK, place);
}

function notDeployed(stack: string, { account, region }: Place): CommandError {
  return new CommandError(
    `${stack} is not deployed in account ${account}, ${region}, or is older than this command: deploy a stage of the account first.`,
    EXIT.account,
  );
}

async function deployedOutputs(StackName: string, { region }: Place): Promise<Map<string, string>> {
  try {
    const { Stacks = [] } = await new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName }));
    return new Map(Stacks[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return new Map();
    throw error;
  }
}
