import { type CloudFormationStackArtifact, type SynthesisMessage, SynthesisMessageLevel } from 'aws-cdk-lib/cx-api';
import { CommandError } from '../../command-error';

/**
 * What constructs have to say of a stage, such as in what subnets that exist differ from the usual shape; the CDK CLI shows
 * the same before it deploys.
 *
 * @returns one line each
 * @throws CommandError when one of them is an error: the CDK CLI would not deploy either
 */
export function annotationsOf(stacks: readonly CloudFormationStackArtifact[]): string[] {
  const messages = stacks.flatMap((stack) => stack.messages);
  const errors = messages.filter(({ level }) => level === SynthesisMessageLevel.ERROR);
  if (errors.length > 0) throw new CommandError(errors.map(describe).join('\n'));
  return messages.map(describe);
}

function describe({ id, level, entry }: SynthesisMessage): string {
  return `${level} ${id.replace(/^\//, '')}: ${String(entry.data)}`;
}
