import { overlaps } from '@user-metrics/network';
import type { Report } from './expectations';
import { isCidr } from './network/cidr-blocks';

/** What the check reads; any of it may be missing or of the wrong type. */
interface Networks {
  readonly stages?: {
    readonly [name: string]:
      | { readonly network?: unknown; readonly database?: { readonly vpcId?: unknown } }
      | undefined;
  };
}

/** A CIDR block of a stage, and the VPC in which no other stage may use its addresses. */
interface Block {
  readonly stage: string;
  readonly vpcId: string;
  readonly cidr: string;
  /** Where the configuration creates it; nothing for a subnet that exists. */
  readonly path?: PropertyKey[];
  readonly what: string;
}

/** Two stages in one VPC, or peered with one VPC, use different addresses. Subnets that exist may be shared. */
export function requireSeparateBlocks({ stages = {} }: Networks, report: Report): void {
  const blocks = Object.entries(stages).flatMap(([stage, given]) => blocksOf(stage, { ...given }));
  for (const [index, block] of blocks.entries()) {
    // Of two created blocks the later one is reported.
    const other = blocks.find(
      (each, position) =>
        each.stage !== block.stage &&
        each.vpcId === block.vpcId &&
        overlaps(each.cidr, block.cidr) &&
        (position < index || each.path === undefined),
    );
    if (!block.path || !other) continue;
    const { cidr, what, stage, vpcId } = other;
    report(
      block.path,
      block.cidr,
      `must not overlap with ${cidr}, ${what} of stage ${stage} in ${vpcId}`,
      'Choose a /24 that no other stage uses',
    );
  }
}

function blocksOf(
  stage: string,
  { network, database }: { network?: unknown; database?: { vpcId?: unknown } },
): Block[] {
  const { mode, vpcId, block, peering, publicSubnets, privateSubnets } = { ...(network as object) } as {
    readonly [key: string]: unknown;
  };
  const created = (where: unknown, what: string): Block[] =>
    typeof where === 'string' && isCidr(block)
      ? [{ stage, vpcId: where, cidr: block, path: ['stages', stage, 'network', 'block'], what }]
      : [];
  if (mode === 'inside') return created(vpcId, 'the block');
  if (mode === 'new') return peering === undefined ? [] : created(database?.vpcId, 'the peered block');
  if (typeof vpcId !== 'string') return [];
  return [publicSubnets, privateSubnets]
    .flatMap((subnets) => (Array.isArray(subnets) ? subnets : []))
    .map((subnet) => (subnet as { cidrBlock?: unknown } | null)?.cidrBlock)
    .filter(isCidr)
    .map((cidr) => ({ stage, vpcId, cidr, what: 'a subnet' }));
}
