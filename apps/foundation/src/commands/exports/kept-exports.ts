import { CloudAssembly as Assembly, type CloudAssembly } from 'aws-cdk-lib/cx-api';
import { DeployedStacks } from '../../account/deployed-stacks';
import { importsOf } from '../../account/template';
import { CommandError } from '../../command-error';
import { say } from '../../report/terminal';
import type { SynthesisedStage } from '../assembly/synthesise';
import { lostExports } from './lost-exports';
import { type LossInUse, refusal } from './refusal';

/**
 * Makes sure that a deployment changes no export that another stack uses: CloudFormation would refuse it mid-deployment, after
 * it has begun. Where the stacks may not be read, nothing is refused, and that is said.
 *
 * @throws CommandError with what would be lost, who uses it, and in which order it can go
 */
export async function requireKeptExports(target: SynthesisedStage): Promise<void> {
  const assembly = new Assembly(target.assembly);
  const found = await inUse(assembly).catch((error: Error) => {
    say(`Whether other stacks use what would be replaced could not be read: ${error.name}: ${error.message}`);
    return undefined;
  });
  if (!found || found.losses.length === 0) return;
  const templates = new Map(assembly.stacks.map(({ stackName, template }) => [stackName, template]));
  const canGoFirst = (stack: string) => {
    const imports = templates.has(stack) ? [...importsOf(templates.get(stack))] : undefined;
    const lost = new Set(found.losses.map(({ name }) => name));
    return imports?.every((name) => found.exported.has(name) && !lost.has(name)) ?? false;
  };
  throw new CommandError(refusal(target, found.losses, canGoFirst));
}

/** The exports that would be lost and are in use, and the names of all that are exported now. */
async function inUse({ stacks }: CloudAssembly): Promise<{ losses: LossInUse[]; exported: Set<string> }> {
  const losses: LossInUse[] = [];
  const exported = new Set<string>();
  for (const { stackName, template, environment } of stacks) {
    // The account's cost stacks can be in another Region than the stage.
    const { region } = environment;
    const deployed = new DeployedStacks({ region });
    const stack = await deployed.find(stackName);
    if (!stack) continue;
    for (const name of stack.exports.values()) exported.add(name);
    for (const loss of await lostExports(stack, template)) {
      const users = await deployed.importersOf(loss.name);
      if (users.length > 0) losses.push({ ...loss, stack: stackName, region, users });
    }
  }
  return { losses, exported };
}
