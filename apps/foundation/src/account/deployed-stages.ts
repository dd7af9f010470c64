import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Foundation } from '../config';
import { parseStageStackName, STAGE_CONCERNS } from '../stacks/stack-names';
import { mapBounded } from './bounded';
import { liveStacks } from './live-stacks';
import type { Place } from './place';
import { projectOf } from './stack-project';

/** How long a command that needs no account waits for credentials, in milliseconds. */
const CREDENTIALS_TIMEOUT = 3_000;

/** The stages that have stacks in an account and Region, each with its stacks. */
export async function deployedStages(
  { region }: Pick<Place, 'region'>,
  client = new CloudFormationClient({ region }),
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { name } of await liveStacks(client)) {
    const { stage } = parseStageStackName(name) ?? {};
    if (stage) found.set(stage, [...(found.get(stage) ?? []), name]);
  }
  return new Map([...found].sort());
}

/** A stage that is deployed, and that the configuration does not have there. */
export interface UnconfiguredStage {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** Its stacks, in the order in which they can be deleted. */
  readonly stacks: readonly string[];
  /** The project of another configuration, which deploys it. @default - it is of the same project */
  readonly project?: string;
}

/** Regions in which stages of a configuration can have been: those that it names for any account or stage, and no other. */
export function regionsOf({ accounts, stages }: Foundation): string[] {
  const ofAccounts = Object.values(accounts).flatMap(({ region, cost }) => [region, cost.region]);
  return [...new Set([...ofAccounts, ...Object.values(stages).map(({ region }) => region)])];
}

/**
 * Stages that are deployed in the account and Region and that the configuration does not have there. Such a stage was renamed,
 * removed or moved to another Region, or it belongs to another configuration.
 */
export async function unconfiguredIn(
  { stages, tags }: Foundation,
  place: Place,
  client = new CloudFormationClient({ region: place.region }),
): Promise<UnconfiguredStage[]> {
  const { account, region } = place;
  const isConfigured = (stage: string) => stages[stage]?.account === account && stages[stage]?.region === region;
  const others = [...(await deployedStages(place, client))].filter(([stage]) => !isConfigured(stage));
  return mapBounded(others, async ([stage, stacks]) => {
    const project = await projectOf(stacks[0] ?? '', client);
    const isOfOther = project !== undefined && project !== tags.project;
    return { stage, account, region, stacks: stacks.sort(byOrder), ...(isOfOther ? { project } : {}) };
  });
}

/** What such a stage means. */
export function describeUnconfigured({ stage, account, region, stacks, project }: UnconfiguredStage): string {
  const what = `Stage ${stage} has ${stacks.length === 1 ? '1 stack' : `${stacks.length} stacks`} in account ${account}, ${region}`;
  if (project !== undefined) return `${what}, of project ${project}: another configuration deploys it.`;
  return `${what}, and this configuration does not have it there: it keeps running, and AWS bills it.`;
}

/** The commands that delete it; none for a stage of another project. */
export function deletionsOf({ stacks, region, project }: UnconfiguredStage): string[] {
  return project === undefined ? stacks.map((stack) => deletionOf(stack, region)) : [];
}

/**
 * The same for all Regions, each stage with the commands that delete it.
 *
 * @returns lines for reading; none when every stage is in the configuration
 */
export async function unconfiguredStages(
  foundation: Foundation,
  { account }: Pick<Place, 'account'>,
): Promise<string[]> {
  const lines = regionsOf(foundation).map(async (region) => {
    try {
      const found = await unconfiguredIn(foundation, { account, region });
      return found.flatMap((stage) => {
        const deletions = deletionsOf(stage).map((command) => `    ${command}`);
        const note = deletions.length > 0 ? ' Recordings, schema and data outlast its deletion:' : '';
        return [`${describeUnconfigured(stage)}${note}`, ...deletions];
      });
    } catch (error) {
      return [
        `Whether stages outside of this configuration are deployed in ${region} could not be read: ${(error as Error).message}`,
      ];
    }
  });
  return (await Promise.all(lines)).flat();
}

/** The same where no account is needed: nothing without credentials of the account. */
export async function unconfiguredStagesIfSignedIn(foundation: Foundation, place: Place): Promise<string[]> {
  const { region } = place;
  const sts = new STSClient({ region, maxAttempts: 1 });
  const identity = sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  const timeout = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), CREDENTIALS_TIMEOUT).unref();
  });
  const found = await Promise.race([identity, timeout]);
  return found?.Account === place.account ? unconfiguredStages(foundation, place) : [];
}

/** Stacks are deleted in the reverse order of their deployment. */
function byOrder(one: string, other: string): number {
  const orderOf = (stack: string) => STAGE_CONCERNS.findIndex((concern) => stack.endsWith(`-${concern}`));
  return orderOf(other) - orderOf(one);
}

/** The command that deletes a stack, and waits until it is gone. */
export function deletionOf(stack: string, region: string | undefined): string {
  const which = `--region ${region} --stack-name ${stack}`;
  return `aws cloudformation delete-stack ${which} && aws cloudformation wait stack-delete-complete ${which}`;
}
