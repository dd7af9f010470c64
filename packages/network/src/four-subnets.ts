import {
  GatewayVpcEndpointAwsService,
  type ISubnet,
  type IVpc,
  PrivateSubnet,
  PublicSubnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Stack, Tags, Validations } from 'aws-cdk-lib/core';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { FlowLogs } from './flow-logs';
import type { Nat } from './nat';
import type { INetwork } from './network';
import { NetworkError } from './network-error';
import { subnetLayout } from './subnet-layout';

/** Props of {@link FourSubnets}. */
export interface FourSubnetsProps {
  readonly vpcId: string;
  readonly block: string;
  readonly availabilityZones: readonly string[];
  readonly internetGatewayId: string;
  /** What has to exist before a route to the internet gateway. @default - nothing */
  readonly internetGatewayAttachment?: IDependable;
  readonly nat: Nat;
  /** Whether rejected traffic of the subnets is logged. @default false */
  readonly flowLogs?: boolean;
  /** What has to exist before the subnets, such as their CIDR block. @default - nothing */
  readonly blockOwner?: IDependable;
}

/** Two public /27 and two private /26 in a /24 of a VPC, with their route tables. */
export class FourSubnets extends Construct implements INetwork {
  readonly vpc: IVpc;
  readonly cidrBlocks: readonly string[];
  readonly publicSubnets: readonly ISubnet[];
  readonly privateSubnets: readonly ISubnet[];

  constructor(scope: Construct, id: string, props: FourSubnetsProps) {
    super(scope, id);
    const [first, second, ...more] = props.availabilityZones;
    if (!first || !second || more.length > 0 || first === second) {
      throw new NetworkError(
        `\`availabilityZones\` must be two different Availability Zones, got: ${props.availabilityZones.join(', ') || 'none'}.` +
          ' Name two of the Region, such as us-east-1a and us-east-1b.',
      );
    }
    const zones = [first, second] as const;
    const { publicBlocks, privateBlocks } = subnetLayout(props.block);
    const publicSubnets = zones.map((availabilityZone, index) => {
      const subnet = new PublicSubnet(this, `Edge${index + 1}`, {
        vpcId: props.vpcId,
        availabilityZone,
        cidrBlock: publicBlocks[index] as string,
        mapPublicIpOnLaunch: false,
      });
      subnet.addDefaultInternetRoute(props.internetGatewayId, props.internetGatewayAttachment ?? new DependencyGroup());
      return subnet;
    });
    const privateSubnets = zones.map(
      (availabilityZone, index) =>
        new PrivateSubnet(this, `Tasks${index + 1}`, {
          vpcId: props.vpcId,
          availabilityZone,
          cidrBlock: privateBlocks[index] as string,
        }),
    );
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'The zones are chosen by the user: synth needs no context lookups.',
    });
    for (const subnet of [...publicSubnets, ...privateSubnets]) Tags.of(subnet).add('Name', nameOf(subnet));
    if (props.blockOwner) {
      for (const subnet of [...publicSubnets, ...privateSubnets]) subnet.node.addDependency(props.blockOwner);
    }
    this.cidrBlocks = [props.block];
    this.publicSubnets = publicSubnets;
    this.privateSubnets = privateSubnets;
    this.vpc = Vpc.fromVpcAttributes(this, 'View', {
      vpcId: props.vpcId,
      vpcCidrBlock: props.block,
      availabilityZones: [...zones],
      publicSubnetIds: publicSubnets.map(({ subnetId }) => subnetId),
      publicSubnetRouteTableIds: publicSubnets.map(({ routeTable }) => routeTable.routeTableId),
      privateSubnetIds: privateSubnets.map(({ subnetId }) => subnetId),
      privateSubnetRouteTableIds: privateSubnets.map(({ routeTable }) => routeTable.routeTableId),
    });
    props.nat._route({ publicSubnets, privateSubnets });
    if (props.flowLogs) {
      const subnets = [...publicSubnets, ...privateSubnets].map(({ node, subnetId }) => [node.id, subnetId]);
      new FlowLogs(this, 'FlowLogs', Object.fromEntries(subnets));
    }
    // Recordings go to S3 and container layers come from there: this way they cost nothing per GB.
    this.vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
  }
}

/** SST adopts subnets of its VPC that have `Public` or `Private` in their name (its aws.Vpc.get): ours never have. */
function nameOf(subnet: Construct): string {
  return `${Stack.of(subnet).stackName}/${subnet.node.id}`.replace(/P(?=ublic|rivate)/g, 'p');
}
