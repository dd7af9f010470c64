import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Account } from '../../../lib/src/account/account';
import { published } from '../../../lib/src/account/published';
import type { Case, Restore } from './case';
import { overwritten } from './parameters';

/** Leads 0.0.0.0/0 of a subnet of ours elsewhere. */
async function withRoute(
  account: Account,
  kind: 'public' | 'private',
  elsewhere: { GatewayId: string } | { NatGatewayId: string },
): Promise<Restore> {
  const { ec2 } = account.aws;
  const [subnet = ''] = (await published(account, `network/${kind}-subnet-ids`)).split(',');
  const { RouteTables: [table] = [] } = await ec2.describeRouteTables({
    Filters: [{ Name: 'association.subnet-id', Values: [subnet] }],
  });
  const { internetGatewayId, natGatewayId } = account.neighbour.network;
  const route = { RouteTableId: table?.RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
  const before = kind === 'public' ? { GatewayId: internetGatewayId } : { NatGatewayId: natGatewayId };
  await ec2.replaceRoute({ ...route, ...elsewhere });
  return () => ec2.replaceRoute({ ...route, ...before });
}

/** Lets something into a security group. */
async function withRule({ aws }: Account, GroupId: string, permission: IpPermission): Promise<Restore> {
  const rule = { GroupId, IpPermissions: [permission] };
  await aws.ec2.authorizeSecurityGroupIngress(rule);
  return () => aws.ec2.revokeSecurityGroupIngress(rule);
}

const SSH_FROM_ANYWHERE: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
};

/** Subnets, routes and security groups; the application's VPC. */
export const NETWORK: readonly Case[] = [
  {
    id: '1.1.AC1',
    what: "the tasks get the application's subnets",
    broken: (account) => {
      const ids = account.neighbour.network.privateSubnets.map(({ subnetId }) => subnetId);
      return overwritten(account, 'network/private-subnet-ids', ids.join(','));
    },
    says: /^10\.40\.\S+ lies outside 10\.40\.250\.0\/24; 10\.40\.\S+ lies outside 10\.40\.250\.0\/24$/,
  },
  {
    id: '1.1.AC1',
    what: 'there is one private subnet only',
    broken: async (account) => {
      const [first = ''] = (await published(account, 'network/private-subnet-ids')).split(',');
      return overwritten(account, 'network/private-subnet-ids', first);
    },
    says: /^the subnets are private \/26,public \/27,public \/27$/,
  },
  {
    id: '1.1.AC2',
    what: 'a private subnet leads to the internet',
    broken: (account) => withRoute(account, 'private', { GatewayId: account.neighbour.network.internetGatewayId }),
    says: /^the private subnets lead to igw-\S+ and nat-\S+; subnet-\S+ has no NAT|^the private subnets lead to nat-\S+ and igw-\S+; subnet-\S+ has no NAT/,
  },
  {
    id: '1.1.AC2',
    what: 'a public subnet leads to the NAT gateway',
    broken: (account) => withRoute(account, 'public', { NatGatewayId: account.neighbour.network.natGatewayId }),
    says: /^subnet-\S+ leads to no internet gateway/,
  },
  {
    id: '1.1.AC3',
    what: "Umami's group lets everybody in",
    broken: async (account) =>
      withRule(account, await published(account, 'network/umami-security-group-id'), SSH_FROM_ANYWHERE),
    says: /^Umami has in from 0\.0\.0\.0\/0: 22 too$/,
  },
  {
    id: '1.1.AC3',
    what: "Umami's group does not let the load balancer in",
    broken: async (account) => {
      const { ec2 } = account.aws;
      const GroupId = await published(account, 'network/umami-security-group-id');
      const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
        Filters: [{ Name: 'group-id', Values: [GroupId] }],
      });
      const from = await published(account, 'network/load-balancer-security-group-id');
      const [rule] = SecurityGroupRules.filter(
        ({ IsEgress, ReferencedGroupInfo }) => !IsEgress && ReferencedGroupInfo?.GroupId === from,
      );
      await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [rule?.SecurityGroupRuleId ?? ''] });
      return () =>
        ec2.authorizeSecurityGroupIngress({
          GroupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: 3000, ToPort: 3000, UserIdGroupPairs: [{ GroupId: from }] }],
        });
    },
    says: /^Umami lacks in from load balancer: 3000$/,
  },
  {
    id: '1.1.AC3',
    what: 'the database lets everybody in',
    broken: (account) => withRule(account, account.neighbour.network.databaseSecurityGroupId, SSH_FROM_ANYWHERE),
    says: /^database has in from 0\.0\.0\.0\/0: 22 too$/,
    // The group belongs to the application.
    touches: ['1.1.IV1'],
  },
  {
    id: '1.1.IV1',
    what: "the application's route table has another route",
    broken: async ({ aws, neighbour }) => {
      const { privateRouteTableId: RouteTableId, internetGatewayId: GatewayId } = neighbour.network;
      const route = { RouteTableId, DestinationCidrBlock: '198.51.100.0/24' };
      await aws.ec2.createRoute({ ...route, GatewayId });
      return () => aws.ec2.deleteRoute(route);
    },
    says: /^rtb-\S+\.Routes\.\d+ is new$/,
  },
  {
    id: '1.1.IV1',
    what: "a subnet of the application's has lost its name",
    broken: async ({ aws, neighbour }) => {
      const [subnet] = neighbour.network.publicSubnets;
      const Resources = [subnet?.subnetId ?? ''];
      const Tags = [{ Key: 'Name', Value: `shop Public ${subnet?.availabilityZone}` }];
      await aws.ec2.createTags({ Resources, Tags: [{ Key: 'Name', Value: 'ours' }] });
      return () => aws.ec2.createTags({ Resources, Tags });
    },
    says: /^subnet-\S+\.Tags\.\d+\.Value changed/,
  },
];
