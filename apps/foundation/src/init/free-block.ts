import { cidrProblem, contains, isPrivateBlock, overlaps } from '@user-metrics/network';
import { CommandError, EXIT } from '../command-error';
import { subBlocks } from '../preflight/network/sub-blocks';
import type { ObservedSubnet } from '../preflight/network/vpc-facts';

/** What a person can do where no subnets can be created in the VPC of the cluster. */
export const BY_HAND =
  "For a VPC of its own, peered with that of the cluster, start from apps/foundation/new-network.config.ts. For subnets that exist, write network mode 'existing' by hand: docs/getting-started.md, step 3.";

/** A VPC, as far as a block of it can be free. */
export interface Vpc {
  readonly id: string;
  readonly blocks: readonly string[];
  readonly subnets: readonly Pick<ObservedSubnet, 'id' | 'cidr' | 'isOwn'>[];
}

/** The /24 of the foundation, and where it was found. */
export interface Block {
  readonly block: string;
  /** Whether it is to be added to the VPC. */
  readonly isAdded: boolean;
  readonly from: string;
}

/**
 * The /24 that is given, or that of the deployed stage, or the highest one that no subnet uses: applications number
 * theirs from below.
 *
 * @throws CommandError when there is none, or when the one that is given is taken
 */
export function chooseBlock(vpc: Vpc, given: string | undefined): Block {
  if (given !== undefined) return givenBlock(vpc, given);
  const own = vpc.subnets.find(({ isOwn }) => isOwn);
  if (own)
    return {
      block: own.cidr.replace(/\d+\/\d+$/, '0/24'),
      isAdded: false,
      from: `the /24 of the deployed stage, in ${vpc.id}`,
    };
  const all = vpc.blocks.flatMap((outer) => subBlocks(outer, 24).reverse());
  const free = all.filter((block) => isPrivateBlock(block) && takenBy(vpc, block) === undefined);
  const [highest] = free;
  if (highest)
    return {
      block: highest,
      isAdded: false,
      from: `ec2 describe-subnets: the highest of ${free.length} free /24 of ${vpc.id} (${vpc.blocks.join(', ')})`,
    };
  throw new CommandError(
    `${vpc.id} (${vpc.blocks.join(', ')}) has no free /24 in its private CIDR blocks. Give a /24 outside of them with --block, which is then added to the VPC as a secondary CIDR block. ${BY_HAND}`,
    EXIT.usage,
  );
}

function givenBlock(vpc: Vpc, block: string): Block {
  const usage = (must: string) =>
    new CommandError(`--block must ${must}, got: ${block}. Leave it out for the highest free /24.`, EXIT.usage);
  if (cidrProblem(block) !== undefined || !block.endsWith('/24') || !isPrivateBlock(block))
    throw usage('be a private /24 such as 10.40.250.0/24');
  const other = takenBy(vpc, block);
  if (other) throw usage(`be free, and subnet ${other.id} of ${vpc.id} has ${other.cidr}`);
  const isInside = vpc.blocks.some((outer) => contains(outer, block));
  const partly = vpc.blocks.find((outer) => !isInside && overlaps(outer, block));
  if (partly) throw usage(`be inside or outside of ${partly} of ${vpc.id}`);
  return { block, isAdded: !isInside, from: '--block' };
}

function takenBy({ subnets }: Vpc, block: string): Vpc['subnets'][number] | undefined {
  return subnets.find(({ cidr, isOwn }) => !isOwn && overlaps(cidr, block));
}
