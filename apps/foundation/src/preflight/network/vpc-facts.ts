import type { Vpc } from '@aws-sdk/client-ec2';
import {
  paginateDescribeSubnets,
  paginateDescribeVpcPeeringConnections,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { stageOf } from '../../account/deployed-stage';
import { all } from '../../account/pages';
import { stageStackName } from '../../stacks/stack-names';
import type { AskedStage, PlannedStage } from '../check';

/** What is needed to read a VPC: clients, and the name of the stage whose own resources are told from those of others. */
export type VpcReader = Pick<AskedStage, 'aws' | 'once' | 'stage'>;

/** A subnet as EC2 describes it. */
export interface ObservedSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  /** Whether the stage's own stack made it. */
  readonly isOwn: boolean;
}

/** CIDR blocks of a VPC that a VPC is peered with. */
export interface PeeredVpc {
  readonly connection: string;
  readonly vpcId: string;
  readonly cidrs: readonly string[];
}

/** All VPCs of the Region. */
export function vpcs({ aws, once }: VpcReader): Promise<readonly Vpc[]> {
  return once('vpcs', () => all(paginateDescribeVpcs({ client: aws.ec2 }, {}), ({ Vpcs }) => Vpcs));
}

/** The IPv4 CIDR blocks of a VPC, secondary ones too; none when there is no such VPC. */
export async function vpcBlocks(stage: VpcReader, vpcId: string): Promise<readonly string[]> {
  const vpc = (await vpcs(stage)).find(({ VpcId }) => VpcId === vpcId);
  const associated = (vpc?.CidrBlockAssociationSet ?? [])
    .filter(({ CidrBlockState }) => !/^(disassociat|fail)/.test(CidrBlockState?.State ?? ''))
    .flatMap(({ CidrBlock }) => CidrBlock ?? []);
  return [...new Set([...(vpc?.CidrBlock ? [vpc.CidrBlock] : []), ...associated])];
}

/** The subnets of VPCs. */
export function subnetsOf({ aws, once, stage }: VpcReader, vpcIds: readonly string[]): Promise<ObservedSubnet[]> {
  return once(`subnets of ${vpcIds.join()}`, async () => {
    const pages = paginateDescribeSubnets({ client: aws.ec2 }, { Filters: [{ Name: 'vpc-id', Values: [...vpcIds] }] });
    const found = await all(pages, ({ Subnets }) => Subnets);
    return found.map(({ SubnetId = '', VpcId = '', CidrBlock = '', AvailabilityZone = '', Tags }) => {
      return { id: SubnetId, vpcId: VpcId, cidr: CidrBlock, zone: AvailabilityZone, isOwn: isOwn(stage, Tags) };
    });
  });
}

/** The VPCs that a VPC is peered with, or is about to be. */
export async function peeredVpcs({ aws, once, stage }: VpcReader, vpcId: string): Promise<readonly PeeredVpc[]> {
  return once(`peered with ${vpcId}`, async () => {
    const pages = paginateDescribeVpcPeeringConnections({ client: aws.ec2 }, {});
    return (await all(pages, ({ VpcPeeringConnections }) => VpcPeeringConnections))
      .filter(({ Status, Tags }) => Status?.Code === 'active' && !isOwn(stage, Tags))
      .flatMap(({ VpcPeeringConnectionId: connection = '', RequesterVpcInfo: one, AccepterVpcInfo: two }) => {
        const other = one?.VpcId === vpcId ? two : two?.VpcId === vpcId ? one : undefined;
        const blocks = (other?.CidrBlockSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
        const cidrs = [...new Set([...(other?.CidrBlock ? [other.CidrBlock] : []), ...blocks])];
        return other ? [{ connection, vpcId: other.VpcId ?? '', cidrs }] : [];
      });
  });
}

/** The VPC that the stage shares; none where it has one of its own that is not peered. */
export function sharedVpcId(planned: PlannedStage): string {
  const { network, database } = stageOf(planned);
  return network.mode === 'new' ? database.vpcId : network.vpcId;
}

/** Whether the stage's own stack made a resource, by the tag that CloudFormation adds. */
export function isOwn(stage: string, tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) {
  return tags.some(
    ({ Key, Value }) => Key === 'aws:cloudformation:stack-name' && Value === stageStackName(stage, 'Network'),
  );
}
