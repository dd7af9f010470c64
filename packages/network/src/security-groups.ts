import { applyComponentTags, type ComponentName } from '@user-metrics/tagging';
import { checkProps, FLAG, objectWith, optional, PORT, type Rules, removed } from '@user-metrics/tagging/props';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import {
  type IPeer,
  type IPrefixList,
  type ISecurityGroup,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { knownBlocks } from './known-blocks';
import { FIND_PREFIX_LIST, requireVisitors } from './load-balancer-blocks';
import { NetworkError } from './network-error';
import { PORTS } from './ports';
import { CIDR_BLOCKS, SECURITY_GROUP, VPC } from './prop-rules';
import { type ISecurityGroups, PublishedSecurityGroups } from './published-network';

/** Props of {@link SecurityGroups}. */
export interface SecurityGroupsProps {
  /** VPC of the groups. */
  readonly vpc: IVpc;
  /**
   * The managed prefix list `com.amazonaws.global.cloudfront.origin-facing` of the Region, through which
   * CloudFront reaches the load balancer. It counts as 55 of the 60 rules that a group may have.
   *
   * @default - CloudFront is not let in
   */
  readonly cloudFrontPrefixList?: IPrefixList;
  /**
   * CIDR blocks that reach the load balancer directly, on 443, and on 80 to be redirected.
   *
   * @default - none
   */
  readonly loadBalancerCidrBlocks?: readonly string[];
  /**
   * VPC of the function that sets up the database.
   *
   * @default - the same VPC
   */
  readonly databaseFunctionVpc?: IVpc;
  /**
   * Security group of the application's database, to which Umami and the database function may connect.
   *
   * @default - outbound rules to the database are left to `databaseCidrBlocks`
   */
  readonly databaseSecurityGroup?: ISecurityGroup;
  /**
   * CIDR blocks of the database, to which Umami may connect where EC2 would refuse to name the database's group: where it is in
   * another VPC and no peering connection is known. So may the database function, unless it has a VPC of its own.
   *
   * @default - Umami is led to `databaseSecurityGroup`
   */
  readonly databaseCidrBlocks?: readonly string[];
  /**
   * Whether the network leads to the database: EC2 refuses rules that name a group of a VPC that is not connected.
   *
   * @default true
   */
  readonly umamiReachesDatabase?: boolean;
  /**
   * Port of the database.
   *
   * @default 5432
   */
  readonly databasePort?: number;
}

const RULES: Rules<SecurityGroupsProps & { readonly cloudFrontPrefixListId?: never }> = {
  vpc: VPC,
  cloudFrontPrefixListId: removed('Give `cloudFrontPrefixList`: PrefixList.fromPrefixListId(this, …, id).'),
  cloudFrontPrefixList: optional(
    objectWith(
      'prefixListId',
      'the prefix list of CloudFront',
      `Give PrefixList.fromPrefixListId(this, …, id). Find the id with: ${FIND_PREFIX_LIST}`,
    ),
  ),
  loadBalancerCidrBlocks: optional(CIDR_BLOCKS),
  databaseFunctionVpc: optional(VPC),
  databaseSecurityGroup: optional(SECURITY_GROUP),
  databaseCidrBlocks: optional(CIDR_BLOCKS),
  umamiReachesDatabase: optional(FLAG),
  databasePort: optional(PORT),
};

/**
 * Security groups for the load balancer, the tasks, and functions that send them events. Each lets in only what is meant
 * to call it; outwards, tasks may speak HTTPS to anybody (images, AWS APIs) and what they need among each other.
 *
 * @example
 * const cloudFrontPrefixList = PrefixList.fromPrefixListId(stack, 'CloudFront', 'pl-3b927c52');
 * const groups = new SecurityGroups(stack, 'SecurityGroups', { vpc: network.vpc, cloudFrontPrefixList });
 * groups.umami; // for the tasks of Umami
 */
export class SecurityGroups extends Construct implements ISecurityGroups {
  readonly loadBalancer: ISecurityGroup;
  readonly umami: ISecurityGroup;
  readonly openReplay: ISecurityGroup;
  readonly databaseFunction: ISecurityGroup;
  readonly applicationFunctions: ISecurityGroup;

  /** @throws NetworkError when nothing would reach the load balancer */
  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    for (const prop of ['loadBalancerCidrBlocks', 'databaseCidrBlocks'] as const) knownBlocks(prop, props[prop] ?? []);
    const { vpc, cloudFrontPrefixList, loadBalancerCidrBlocks = [] } = props;
    requireVisitors(cloudFrontPrefixList, loadBalancerCidrBlocks);
    const loadBalancer = this.group(vpc, 'LoadBalancer', 'Load balancer of Umami and OpenReplay', 'network');
    const umami = this.group(vpc, 'Umami', 'Tasks of Umami', 'umami');
    const openReplay = this.group(vpc, 'OpenReplay', 'Tasks of OpenReplay', 'openReplay');
    const functions = this.group(vpc, 'ApplicationFunctions', 'Functions that send events', 'network');
    if (cloudFrontPrefixList) {
      loadBalancer.addIngressRule(Peer.prefixList(cloudFrontPrefixList.prefixListId), Port.HTTPS, 'CloudFront');
    }
    for (const block of loadBalancerCidrBlocks) {
      loadBalancer.addIngressRule(Peer.ipv4(block), Port.HTTPS, 'Browsers');
      loadBalancer.addIngressRule(Peer.ipv4(block), Port.HTTP, 'Browsers, to be redirected');
    }
    // Their other rules are resources of their own, and EC2 opens a group that is created without any outbound rule.
    for (const group of [loadBalancer, functions]) {
      group.addEgressRule(Peer.ipv4('127.0.0.1/32'), Port.allTraffic(), 'Nowhere but to the tasks');
    }
    connect(loadBalancer, umami, PORTS.umami, 'Umami');
    connect(loadBalancer, openReplay, PORTS.openReplay, 'OpenReplay');
    connect(functions, umami, PORTS.umami, 'Events of functions');
    connect(functions, openReplay, PORTS.openReplayIngestion, 'Events of functions');
    connect(openReplay, openReplay, PORTS.openReplayInternal, 'OpenReplay among its own tasks');
    for (const group of [umami, openReplay]) group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'Images and AWS APIs');
    openReplay.addEgressRule(Peer.anyIpv4(), Port.tcp(PORTS.mailSubmission), 'Invitations by e-mail');
    const databaseFunction = this.group(
      props.databaseFunctionVpc ?? vpc,
      'DatabaseFunction',
      'Function that sets up the database',
      'umami',
    );
    databaseFunction.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'AWS APIs');
    const databasePort = Port.tcp(props.databasePort ?? 5432);
    const { ofUmami, ofFunction } = databasePeers(props);
    for (const peer of ofUmami) umami.addEgressRule(peer, databasePort, 'Database of the application');
    for (const peer of ofFunction) databaseFunction.addEgressRule(peer, databasePort, 'Database of the application');
    this.loadBalancer = loadBalancer;
    this.umami = umami;
    this.openReplay = openReplay;
    this.databaseFunction = databaseFunction;
    this.applicationFunctions = functions;
  }

  /**
   * The security groups that a deployed stage of the foundation publishes. No rule can be added to them here.
   *
   * @throws NetworkError for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): ISecurityGroups {
    return new PublishedSecurityGroups(scope, id, props);
  }

  private group(vpc: IVpc, id: string, description: string, component: ComponentName): SecurityGroup {
    const group = new SecurityGroup(this, id, { vpc, description, allowAllOutbound: false });
    applyComponentTags(group, component, { Function: 'Networking' });
    Tags.of(group).add('Name', group.node.path);
    return group;
  }
}

function connect(from: SecurityGroup, to: SecurityGroup, ports: readonly number[], description: string): void {
  for (const port of ports) {
    to.addIngressRule(from, Port.tcp(port), description);
    from.addEgressRule(to, Port.tcp(port), description);
  }
}

/** As what the database is known to either of its clients. */
function databasePeers(props: SecurityGroupsProps): { ofUmami: IPeer[]; ofFunction: IPeer[] } {
  const { databaseSecurityGroup, databaseCidrBlocks = [], databaseFunctionVpc, umamiReachesDatabase = true } = props;
  const group = databaseSecurityGroup ? [Peer.securityGroupId(databaseSecurityGroup.securityGroupId)] : [];
  const blocks = databaseCidrBlocks.map(Peer.ipv4);
  const fromNetwork = blocks.length > 0 ? blocks : group;
  return {
    ofUmami: umamiReachesDatabase ? fromNetwork : [],
    ofFunction: databaseFunctionVpc && group.length > 0 ? group : fromNetwork,
  };
}
