import { type PublishedContractProps, type PublishedName, publishedValues } from '@user-metrics/tagging/published';
import { type ISecurityGroup, type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Annotations, Fn, Lazy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { NetworkError } from './network-error';

/** The security groups of a stage: made by `SecurityGroups`, or imported. */
export interface ISecurityGroups {
  /** For the load balancer. */
  readonly loadBalancer: ISecurityGroup;
  /** For the tasks of Umami. */
  readonly umami: ISecurityGroup;
  /** For the tasks of OpenReplay. */
  readonly openReplay: ISecurityGroup;
  /** For the function that sets up the database. */
  readonly databaseFunction: ISecurityGroup;
  /**
   * For functions of the application, beside the groups that they have: leads to Umami and to the ingestion of OpenReplay,
   * lets nothing in, and is named by no other group but theirs.
   */
  readonly applicationFunctions: ISecurityGroup;
}

/** The VPC of a stage, with two subnets of each kind: the load balancer and the tasks need no more. */
export function publishedVpc(scope: Construct, id: string, props: PublishedContractProps): IVpc {
  const { text, subnetIds } = publishedValues(scope, props, NetworkError);
  // What no template uses must not become a parameter of the stack: CloudFormation warns of it.
  const two = (name: PublishedName) =>
    [0, 1].map((index) => Lazy.string({ produce: () => Fn.select(index, subnetIds(name)) }));
  const vpc = Vpc.fromVpcAttributes(scope, id, {
    vpcId: Lazy.string({ produce: () => text('network/vpc-id') }),
    availabilityZones: [unpublishedZone(), unpublishedZone()],
    publicSubnetIds: two('network/public-subnet-ids'),
    privateSubnetIds: two('network/private-subnet-ids'),
  });
  for (const subnet of [...vpc.publicSubnets, ...vpc.privateSubnets])
    Annotations.of(subnet).acknowledgeWarning(
      '@aws-cdk/aws-ec2:noSubnetRouteTableId',
      'No route is added to subnets of the foundation.',
    );
  return vpc;
}

/** CDK wants the number of Availability Zones; a template that names one would be wrong. */
function unpublishedZone(): string {
  return Lazy.string({
    produce: () => {
      throw new NetworkError(
        '`availabilityZones` must not be used of an imported network, got: a use in a template. The foundation publishes subnets without them: name the subnets instead.',
      );
    },
  });
}

/** The security groups of a stage; each is imported when it is first used. */
export class PublishedSecurityGroups extends Construct implements ISecurityGroups {
  private readonly text: (name: PublishedName) => string;

  constructor(scope: Construct, id: string, props: PublishedContractProps) {
    super(scope, id);
    this.text = publishedValues(this, props, NetworkError).text;
  }

  get loadBalancer(): ISecurityGroup {
    return this.group('network/load-balancer-security-group-id');
  }

  get umami(): ISecurityGroup {
    return this.group('network/umami-security-group-id');
  }

  get openReplay(): ISecurityGroup {
    return this.group('network/openreplay-security-group-id');
  }

  get databaseFunction(): ISecurityGroup {
    return this.group('network/database-function-security-group-id');
  }

  get applicationFunctions(): ISecurityGroup {
    return this.group('network/application-functions-security-group-id');
  }

  private group(name: PublishedName): ISecurityGroup {
    const id = name.replaceAll('/', '-');
    const before = this.node.tryFindChild(id) as ISecurityGroup | undefined;
    return before ?? SecurityGroup.fromSecurityGroupId(this, id, this.text(name), { mutable: false });
  }
}
