import type { Stage } from '@user-metrics/foundation';
import { overlaps } from '@user-metrics/network';
import { RehearsalError } from '../../rehearsal-error';

/** Prefix length of the application's own subnets. */
const PREFIX_LENGTH = 26;

/** Largest prefix that a VPC can have (Amazon VPC user guide, "VPC CIDR blocks"). */
const VPC_PREFIX_LENGTH = 16;

/** The CIDR blocks of the application's VPC, as the stage's configuration has them or as they may well be. */
export function vpcBlocks({ network }: Stage): string[] {
  switch (network.mode) {
    case 'inside':
      return [...network.vpcCidrBlocks];
    case 'new':
      return [...(network.peering?.vpcCidrBlocks ?? ['10.40.0.0/16'])];
    case 'existing': {
      const subnets = [...network.publicSubnets, ...network.privateSubnets];
      return [...new Set(subnets.map(({ cidrBlock }) => wider(cidrBlock)))];
    }
  }
}

/** Blocks of a VPC that the foundation is going to use. */
export function blocksOfFoundation({ network }: Stage): string[] {
  switch (network.mode) {
    case 'inside':
      return [network.block];
    case 'new':
      return [];
    case 'existing':
      return [...network.publicSubnets, ...network.privateSubnets].map(({ cidrBlock }) => cidrBlock);
  }
}

/** The first blocks of a VPC that nobody uses. */
export function freeBlocks(within: readonly string[], used: readonly string[], count: number): string[] {
  const free: string[] = [];
  for (const block of within) {
    const [address, length] = parse(block);
    for (let start = address; start < address + 2 ** (32 - length); start += 2 ** (32 - PREFIX_LENGTH)) {
      const candidate = `${format(start)}/${PREFIX_LENGTH}`;
      if (!used.some((other) => overlaps(other, candidate))) free.push(candidate);
      if (free.length === count) return free;
    }
  }
  throw new RehearsalError(
    `The VPC ${within.join(', ')} has no free CIDR blocks for an application beside the foundation: ${count} subnets of /${PREFIX_LENGTH} are needed.`,
  );
}

function wider(block: string): string {
  const [address, length] = parse(block);
  const size = 2 ** (32 - VPC_PREFIX_LENGTH);
  return length <= VPC_PREFIX_LENGTH ? block : `${format(address - (address % size))}/${VPC_PREFIX_LENGTH}`;
}

function parse(block: string): [address: number, prefixLength: number] {
  const [address = '', length = ''] = block.split('/');
  return [address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0), Number(length)];
}

function format(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}
