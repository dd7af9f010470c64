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
import { type ISecurityGroup, type ISubnet, type IVpc, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { type StageContext, StageStack } from './foundation-stack';

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
    const peering = config.mode === 'new' ? config.peering : undefined;
    const groups = new SecurityGroups(this, 'SecurityGroups', {
      vpc: network.vpc,
      cloudFrontPrefixListId: config.loadBalancer.cloudFrontPrefixListId,
      loadBalancerCidrBlocks: config.loadBalancer.cidrBlocks,
      databaseFunctionVpc: functionVpc.vpc,
      databaseSecurityGroup: clusterSecurityGroup,
      databaseCidrBlocks: peering?.vpcCidrBlocks,
      databasePort: database.port,
    });
    const access = database.access ?? (database.owner === 'none' ? 'rule' : 'print');
    const { requiredRules } = new DatabaseAccess(this, 'DatabaseAccess', {
      mode: access,
      clusterSecurityGroup,
      port: database.port,
      clients: { Umami: groups.umami, DatabaseFunction: groups.databaseFunction },
    });
    const requiredRoutes = peering ? this.peering(network, peering, access === 'rule') : [];
    this.tell('DatabaseAccessToAdd', [...requiredRules, ...requiredRoutes]);
    this.databaseFunction = { ...functionVpc, securityGroup: groups.databaseFunction };
    this.publish('tags', { tags: JSON.stringify(stageTags(context.foundation.tags, context.name, 'CDK')) });
    this.publish('network', {
      'network/vpc-id': network.vpc.vpcId,
      'network/public-subnet-ids': network.publicSubnets.map(({ subnetId }) => subnetId),
      'network/private-subnet-ids': network.privateSubnets.map(({ subnetId }) => subnetId),
      'network/load-balancer-security-group-id': groups.loadBalancer.securityGroupId,
      'network/umami-security-group-id': groups.umami.securityGroupId,
      'network/openreplay-security-group-id': groups.openReplay.securityGroupId,
    });
  }

  private network(): INetwork {
    const { network: config } = this.context.stage;
    switch (config.mode) {
      case 'inside': {
        const nat = config.natGatewayId ? Nat.existingGateway(config.natGatewayId) : Nat.singleGateway();
        return new NetworkInsideVpc(this, 'Network', { ...config, nat });
      }
      case 'new':
        return new NewNetwork(this, 'Network', config);
      case 'existing':
        return new ExistingNetwork(this, 'Network', config);
    }
  }

  /** The subnets that the configuration names in the database's VPC, else the private ones of the network. */
  private functionVpc(network: INetwork): { vpc: IVpc; subnets: ISubnet[] } {
    const { vpcId, functionSubnets } = this.context.stage.database;
    if (!functionSubnets) return { vpc: network.vpc, subnets: [...network.privateSubnets] };
    return {
      vpc: Vpc.fromVpcAttributes(this, 'DatabaseVpc', {
        vpcId,
        availabilityZones: [...new Set(functionSubnets.map(({ availabilityZone }) => availabilityZone))],
      }),
      subnets: functionSubnets.map((attributes) => Subnet.fromSubnetAttributes(this, attributes.subnetId, attributes)),
    };
  }

  private peering(
    network: INetwork,
    peer: { vpcCidrBlocks: string[]; routeTableIds: string[] },
    addRoutesBack: boolean,
  ): readonly string[] {
    return new VpcPeering(this, 'DatabasePeering', {
      network,
      peerVpcId: this.context.stage.database.vpcId,
      peerCidrBlocks: peer.vpcCidrBlocks,
      peerRouteTableIds: peer.routeTableIds,
      addRoutesBack,
    }).requiredRoutes;
  }
}
