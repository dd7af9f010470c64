import {
  type Route as Ec2Route,
  type IpPermission,
  type NetworkAclEntry,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeVpcEndpoints,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { stageOf } from '../../account/deployed-stage';
import { all } from '../../account/pages';
import { type AskedStage, orNone } from '../check';
import { subnetsOf } from '../network/vpc-facts';
import type { Acl, Endpoint, Facts, Group, GroupRule, Route, RouteTable } from './facts';

/** Reads what packets meet, once for all checks. */
export function observeFacts(stage: AskedStage): Promise<Facts> {
  return stage.once('facts', async () => {
    const { network, database } = stageOf(stage);
    const vpcIds = [...new Set([database.vpcId, ...(network.mode === 'new' ? [] : [network.vpcId])])];
    const [subnets, routeTables, acls, endpoints] = await Promise.all([
      subnetsOf(stage, vpcIds),
      routeTablesOf(stage, vpcIds),
      aclsOf(stage, vpcIds),
      endpointsOf(stage, vpcIds),
    ]);
    const ids = new Set([database.securityGroupId, ...endpoints.flatMap(({ groupIds }) => groupIds)]);
    const groups = await Promise.all([...ids].map((id) => groupOf(stage, id)));
    const named = [
      // Those of gateway endpoints, such as of Amazon S3, lead to no database.
      ...routeTables.flatMap(({ routes }) =>
        routes.filter(({ target }) => !target.startsWith('vpce-')).map(({ destination }) => destination),
      ),
      ...groups.flatMap(({ ingress }) => ingress.map(({ peer }) => peer)),
    ];
    const lists = [...new Set(named.filter((name) => name.startsWith('pl-')))];
    const blocks = await Promise.all(lists.map(async (id) => [id, await blocksOfList(stage, id)] as const));
    return { subnets, routeTables, acls, groups, endpoints, prefixLists: new Map(blocks) };
  });
}

const inVpcs = (vpcIds: readonly string[]) => ({ Filters: [{ Name: 'vpc-id', Values: [...vpcIds] }] });

async function routeTablesOf({ aws }: AskedStage, vpcIds: readonly string[]): Promise<RouteTable[]> {
  const pages = paginateDescribeRouteTables({ client: aws.ec2 }, inVpcs(vpcIds));
  const tables = await all(pages, ({ RouteTables }) => RouteTables);
  return tables.map(({ RouteTableId = '', VpcId = '', Associations = [], Routes = [] }) => ({
    id: RouteTableId,
    vpcId: VpcId,
    isMain: Associations.some(({ Main }) => Main === true),
    subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
    routes: Routes.flatMap(routeOf),
  }));
}

function routeOf({ DestinationCidrBlock, DestinationPrefixListId, State, ...targets }: Ec2Route): Route[] {
  const destination = DestinationCidrBlock ?? DestinationPrefixListId;
  const { NatGatewayId, GatewayId, VpcPeeringConnectionId, TransitGatewayId, NetworkInterfaceId } = targets;
  const target = NatGatewayId ?? VpcPeeringConnectionId ?? TransitGatewayId ?? NetworkInterfaceId ?? GatewayId;
  const other = targets.CoreNetworkArn ?? targets.LocalGatewayId ?? targets.CarrierGatewayId ?? 'another target';
  return destination ? [{ destination, target: target ?? other, isBlackhole: State === 'blackhole' }] : [];
}

async function aclsOf({ aws }: AskedStage, vpcIds: readonly string[]): Promise<Acl[]> {
  const pages = paginateDescribeNetworkAcls({ client: aws.ec2 }, inVpcs(vpcIds));
  const acls = await all(pages, ({ NetworkAcls }) => NetworkAcls);
  return acls.map(({ NetworkAclId = '', VpcId = '', IsDefault = false, Associations = [], Entries = [] }) => ({
    id: NetworkAclId,
    vpcId: VpcId,
    isDefault: IsDefault,
    subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
    rules: Entries.flatMap(aclRulesOf),
  }));
}

function aclRulesOf({ RuleNumber = 0, Egress = false, RuleAction, CidrBlock, Protocol, PortRange }: NetworkAclEntry) {
  // 6 is TCP, -1 everything. The last rule, 32767, is the `*` of the console.
  if (!CidrBlock || (Protocol !== '6' && Protocol !== '-1') || RuleNumber === 32_767) return [];
  const { From: from = 0, To: to = 65_535 } = Protocol === '6' ? (PortRange ?? {}) : {};
  return [{ number: RuleNumber, isEgress: Egress, isAllowed: RuleAction === 'allow', cidr: CidrBlock, from, to }];
}

async function endpointsOf({ aws, region }: AskedStage, vpcIds: readonly string[]): Promise<Endpoint[]> {
  const pages = paginateDescribeVpcEndpoints({ client: aws.ec2 }, inVpcs(vpcIds));
  const endpoints = await all(pages, ({ VpcEndpoints }) => VpcEndpoints);
  return endpoints
    .filter((one) => one.PrivateDnsEnabled && one.ServiceName?.endsWith(`.${region}.secretsmanager`))
    .map(({ VpcEndpointId = '', VpcId = '', Groups = [] }) => ({
      id: VpcEndpointId,
      vpcId: VpcId,
      groupIds: Groups.flatMap(({ GroupId }) => GroupId ?? []),
    }));
}

async function groupOf({ aws }: AskedStage, id: string): Promise<Group> {
  const { SecurityGroups: [group] = [] } = await orNone(aws.ec2.describeSecurityGroups({ GroupIds: [id] }));
  return { id, ingress: (group?.IpPermissions ?? []).flatMap(rulesOf) };
}

function rulesOf({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges,
  PrefixListIds,
  UserIdGroupPairs,
}: IpPermission): GroupRule[] {
  if (IpProtocol !== 'tcp' && IpProtocol !== '-1') return [];
  const { from, to } = IpProtocol === 'tcp' ? { from: FromPort ?? 0, to: ToPort ?? 65_535 } : { from: 0, to: 65_535 };
  const peers = [
    ...(IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ...(UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
  ];
  return peers.flatMap((peer) => (peer ? [{ peer, from, to }] : []));
}

async function blocksOfList({ aws }: AskedStage, PrefixListId: string): Promise<string[]> {
  const entries = await all(
    paginateGetManagedPrefixListEntries({ client: aws.ec2 }, { PrefixListId }),
    ({ Entries }) => Entries,
  );
  return entries.flatMap(({ Cidr }) => (Cidr && !Cidr.includes(':') ? [Cidr] : []));
}
