import { type Nat, NetworkInsideVpc, NewNetwork } from '../../src';
import { INSIDE, newStack, vpcIn, ZONES } from './template';

type Options = {
  readonly block?: string;
  readonly availabilityZones?: string[];
  readonly nat?: Nat;
  readonly flowLogs?: boolean;
};

function inside(options: Options = {}) {
  const stack = newStack();
  return { stack, network: new NetworkInsideVpc(stack, 'Network', { vpc: vpcIn(stack), ...INSIDE, ...options }) };
}

function own(options: Options = {}) {
  const stack = newStack();
  const network = new NewNetwork(stack, 'Network', { block: INSIDE.block, availabilityZones: ZONES, ...options });
  return { stack, network };
}

/** The two ways to four subnets, each by its name. */
export const NETWORKS = [
  ['inside a VPC', inside],
  ['in a VPC of its own', own],
] as const;
