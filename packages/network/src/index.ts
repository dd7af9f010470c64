export { cidrProblem, contains, isPrivateBlock, overlaps, PRIVATE_BLOCKS } from './cidr';
export {
  DatabaseAccess,
  type DatabaseAccessMode,
  type DatabaseAccessProps,
  type DatabaseClientBlocks,
  type RequiredRule,
} from './database-access';
export { ExistingNetwork, type ExistingNetworkProps } from './existing-network';
export { mostLoadBalancerBlocks } from './load-balancer-blocks';
export { Nat } from './nat';
export type { INetwork } from './network';
export { NetworkError } from './network-error';
export { NetworkInsideVpc, type NetworkInsideVpcProps } from './network-inside-vpc';
export { NewNetwork, type NewNetworkProps } from './new-network';
export { PORTS } from './ports';
export type { ISecurityGroups } from './published-network';
export { SecurityGroups, type SecurityGroupsProps } from './security-groups';
export { type SubnetLayout, subnetLayout } from './subnet-layout';
export { type RequiredRoute, VpcPeering, type VpcPeeringProps } from './vpc-peering';
