/** A subnet; one that is planned has no id of EC2 yet. */
export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
}

/** A route: a CIDR block or a prefix list leads to a target. */
export interface Route {
  readonly destination: string;
  /** Such as `local`, `nat-…`, `pcx-…`. */
  readonly target: string;
  /** Whether the target is gone. @default false */
  readonly isBlackhole?: boolean;
}

/** A route table. The main one of a VPC is that of every subnet without another. */
export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  readonly isMain: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
}

/** A rule of a network ACL, for TCP or for everything. */
export interface AclRule {
  readonly number: number;
  readonly isEgress: boolean;
  readonly isAllowed: boolean;
  readonly cidr: string;
  readonly from: number;
  readonly to: number;
}

/** A network ACL. The default one of a VPC is that of every new subnet. */
export interface Acl {
  readonly id: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  readonly rules: readonly AclRule[];
}

/** An inbound rule of a security group, for TCP or for everything. */
export interface GroupRule {
  /** A CIDR block, the id of a prefix list, or the id of a security group. */
  readonly peer: string;
  readonly from: number;
  readonly to: number;
}

/** A security group with its inbound rules. */
export interface Group {
  readonly id: string;
  readonly ingress: readonly GroupRule[];
}

/** An interface endpoint whose private DNS name takes the place of the public one. */
export interface Endpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly groupIds: readonly string[];
}

/** What packets of the VPCs meet. */
export interface Facts {
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly acls: readonly Acl[];
  readonly groups: readonly Group[];
  /** CIDR blocks of prefix lists, by id. */
  readonly prefixLists: ReadonlyMap<string, readonly string[]>;
  /** Those of Secrets Manager. */
  readonly endpoints: readonly Endpoint[];
}

/** A range of ports, both ends included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

export const INTERNET = '0.0.0.0/0';

/** Blocks that a destination or a peer stands for; none for a security group, or a prefix list that is not known. */
export function blocksOf(name: string, { prefixLists }: Pick<Facts, 'prefixLists'>): readonly string[] {
  return /^\d/.test(name) ? [name] : (prefixLists.get(name) ?? []);
}
