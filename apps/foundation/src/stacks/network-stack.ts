import {
  DatabaseAccess,
  ExistingNetwork,
  type INetwork,
  Nat,
  NetworkInsideVpc,
  NewNetwork,
  SecurityGroups,
  VpcPeering,
} from '@user-metrics/network';
import { stageTags } from '@user-metrics/tagging/schema';
import {
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  PrefixList,
  SecurityGroup,
  Subnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Annotations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type StageContext, StageStack } from './foundation-stack';
import { routeInstruction, ruleInstruction } from './owner-instructions';

/** Subnets, security groups, and the way to the database. */
export class NetworkStack extends StageStack {
  /** Where the function that sets up the database runs. */
  readonly databaseFunction: { vpc: IVpc; subnets: ISubnet[]; securityGroup: ISecurityGroup };

  constructor(scope: Construct, context: StageContext) {
    super(scope, context, 'Network', 'Subnets and security groups of Umami and OpenReplay');
    const { network: config, database } = context.stage;
    const network = this.network();
    const clusterSecurityGroup = SecurityGroup.fromSecurityGroupId(
      this,
      'ClusterSecurityGroup',
      database.securityGroupId,
      { mutable: false },
    );
    const functionVpc = this.functionVpc(network);
    const access = database.access ?? (database.owner === 'none' ? 'rule' : 'print');
    const peering = this.peering(network);
    // Without it Umami is led to the database by means of the user's own, of which we know nothing.
    const umamiReachesDatabase = config.mode !== 'new' || peering !== undefined;
    const byBlocks = config.mode === 'existing' && config.databaseCidrBlocks !== undefined;
    const groups = new SecurityGroups(this, 'Groups', {
      vpc: network.vpc,
      cloudFrontPrefixList: this.prefixList(config.loadBalancer.cloudFrontPrefixListId),
      loadBalancerCidrBlocks: config.loadBalancer.cidrBlocks,
      databaseFunctionVpc: functionVpc.vpc,
      databaseSecurityGroup: clusterSecurityGroup,
      databaseCidrBlocks: byBlocks ? config.databaseCidrBlocks : undefined,
      umamiReachesDatabase,
      databasePort: database.port,
    });
    const umami = byBlocks ? { cidrBlocks: config.privateSubnets.map(({ cidrBlock }) => cidrBlock) } : groups.umami;
    const { requiredRules, node } = new DatabaseAccess(this, 'DatabaseAccess', {
      mode: access,
      clusterSecurityGroup,
      port: database.port,
      clients: { ...(umamiReachesDatabase ? { Umami: umami } : {}), DatabaseFunction: groups.databaseFunction },
    });
    if (peering) for (const referring of [groups.node, node]) referring.addDependency(peering);
    this.tell('DatabaseAccessToAdd', [
      ...requiredRules.map((rule) => ruleInstruction(database.owner, rule)),
      ...(peering?.requiredRoutes ?? []).map((route) => routeInstruction(this.routeTablesOwner, route)),
    ]);
    this.databaseFunction = { ...functionVpc, securityGroup: groups.databaseFunction };
    this.publish('tags', { tags: JSON.stringify(stageTags(context.foundation.tags, context.name, 'CDK')) });
    this.publish('network', {
      'network/vpc-id': network.vpc.vpcId,
      'network/public-subnet-ids': network.publicSubnets.map(({ subnetId }) => subnetId),
      'network/private-subnet-ids': network.privateSubnets.map(({ subnetId }) => subnetId),
      'network/load-balancer-security-group-id': groups.loadBalancer.securityGroupId,
      'network/umami-security-group-id': groups.umami.securityGroupId,
      'network/openreplay-security-group-id': groups.openReplay.securityGroupId,
      'network/database-function-security-group-id': groups.databaseFunction.securityGroupId,
      'network/application-functions-security-group-id': groups.applicationFunctions.securityGroupId,
    });
  }

  private network(): INetwork {
    const { network: config } = this.context.stage;
    switch (config.mode) {
      case 'inside': {
        const { mode, loadBalancer, natGatewayId, nat, vpcId, ...props } = config;
        const way = natGatewayId ? Nat.existingGateway(natGatewayId) : Nat[nat ?? 'singleGateway']();
        const vpc = importVpc(this, 'Vpc', vpcId, props.availabilityZones);
        return new NetworkInsideVpc(this, 'Network', { ...props, vpc, nat: way });
      }
      case 'new': {
        const { mode, loadBalancer, peering, nat, ...props } = config;
        return new NewNetwork(this, 'Network', { ...props, nat: Nat[nat ?? 'singleGateway']() });
      }
      case 'existing': {
        const imported = (subnets: typeof config.publicSubnets) => subnets.map((subnet) => importSubnet(this, subnet));
        const publicSubnets = imported(config.publicSubnets);
        const privateSubnets = imported(config.privateSubnets);
        const vpc = importVpc(this, 'Vpc', config.vpcId, zonesOf([...config.publicSubnets, ...config.privateSubnets]));
        return new ExistingNetwork(this, 'Network', { vpc, publicSubnets, privateSubnets });
      }
    }
  }

  /** The subnets that the configuration names in the database's VPC, else the private ones of the network. */
  private functionVpc(network: INetwork): { vpc: IVpc; subnets: ISubnet[] } {
    const { vpcId, functionSubnets } = this.context.stage.database;
    if (!functionSubnets) return { vpc: network.vpc, subnets: [...network.privateSubnets] };
    return {
      vpc: importVpc(this, 'DatabaseVpc', vpcId, zonesOf(functionSubnets)),
      subnets: functionSubnets.map((subnet) => importSubnet(this, subnet)),
    };
  }

  /** EC2 refuses rules that name a group of a peered VPC before the peering connection is there. */
  private peering(network: INetwork): VpcPeering | undefined {
    const { network: config, database } = this.context.stage;
    if (config.mode !== 'new' || !config.peering) return undefined;
    return new VpcPeering(this, 'DatabasePeering', {
      network,
      peerVpc: importVpc(this, 'DatabaseVpcToPeer', database.vpcId, config.availabilityZones),
      peerCidrBlocks: config.peering.vpcCidrBlocks,
      peerRouteTables: config.peering.routeTableIds.map((routeTableId) => ({ routeTableId })),
      addRoutesBack: this.routeTablesOwner === 'none',
    });
  }

  private prefixList(id: string | undefined) {
    return id === undefined ? undefined : PrefixList.fromPrefixListId(this, 'CloudFront', id);
  }

  private get routeTablesOwner() {
    const { network, database } = this.context.stage;
    return (network.mode === 'new' && network.peering?.routeTablesOwner) || database.owner;
  }
}

interface SubnetAttributes {
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly cidrBlock?: string | undefined;
}

function zonesOf(subnets: readonly SubnetAttributes[]): string[] {
  return [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
}

function importVpc(scope: Construct, id: string, vpcId: string, availabilityZones: readonly string[]): IVpc {
  return Vpc.fromVpcAttributes(scope, id, { vpcId, availabilityZones: [...availabilityZones] });
}

function importSubnet(scope: Construct, { subnetId, cidrBlock, availabilityZone }: SubnetAttributes): ISubnet {
  const attributes = { subnetId, ipv4CidrBlock: cidrBlock, availabilityZone };
  const subnet = Subnet.fromSubnetAttributes(scope, subnetId, attributes);
  Annotations.of(subnet).acknowledgeWarning(
    '@aws-cdk/aws-ec2:noSubnetRouteTableId',
    'No route is added to subnets that exist.',
  );
  return subnet;
}
