import { Budgets } from '@aws-sdk/client-budgets';
import { type LocalAws, startLocalAws } from '@user-metrics/local-aws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientsFor } from './probes/clients';
import type { ProbeContext } from './probes/probe';
import { createStack } from './probes/stack';

let aws: LocalAws;
let context: ProbeContext;
beforeAll(async () => {
  aws = await startLocalAws();
  context = { aws, ...clientsFor(aws, aws.credentials) };
});
afterAll(() => aws?.stop());

const Tags = [{ Key: 'Project', Value: 'probe' }];

/** Makes a stack, gives the ids of its resources, and a function that deletes it. */
async function deployed(Resources: Record<string, { Type: string; Properties?: object }>) {
  const { StackName, StackStatus, StackStatusReason } = await createStack(context, { Resources });
  expect([StackStatus, StackStatusReason || '']).toEqual(['CREATE_COMPLETE', '']);
  const { StackResources = [] } = await context.cloudFormation.describeStackResources({ StackName });
  const ids = Object.fromEntries(StackResources.map((one) => [one.LogicalResourceId, one.PhysicalResourceId ?? '']));
  return { ids, remove: () => context.cloudFormation.deleteStack({ StackName }) };
}

test('a network: NAT gateway with its address, peering, rules of groups', async () => {
  const vpc = (CidrBlock: string) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock } });
  const { ids, remove } = await deployed({
    Ours: vpc('10.1.0.0/24'),
    Theirs: vpc('10.2.0.0/24'),
    More: { Type: 'AWS::EC2::VPCCidrBlock', Properties: { VpcId: { Ref: 'Ours' }, CidrBlock: '10.3.0.0/24' } },
    Log: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ResourceId: { Ref: 'Ours' },
        ResourceType: 'VPC',
        TrafficType: 'REJECT',
        LogGroupName: 'flow',
        Tags,
      },
    },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Ours' }, CidrBlock: '10.1.0.0/27' } },
    Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc', Tags } },
    Nat: {
      Type: 'AWS::EC2::NatGateway',
      Properties: { SubnetId: { Ref: 'Subnet' }, AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] }, Tags },
    },
    Peering: {
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: { VpcId: { Ref: 'Ours' }, PeerVpcId: { Ref: 'Theirs' }, Tags },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'probe', VpcId: { Ref: 'Ours' }, SecurityGroupEgress: [] },
    },
    In: rule('Ingress', { SourcePrefixListId: 'pl-3b927c52', FromPort: 443, ToPort: 443 }),
    Out: rule('Egress', { DestinationSecurityGroupId: { Ref: 'Group' }, FromPort: 5432, ToPort: 5432 }),
  });
  const { ec2 } = context;
  const address = (await ec2.describeAddresses({ PublicIps: [ids['Address'] ?? ''] })).Addresses?.[0];
  const asked = { TypeName: 'AWS::EC2::EIP', Identifier: ids['Address'] ?? '' };
  const { ResourceDescription } = await context.cloudControl.getResource(asked);
  expect(JSON.parse(ResourceDescription?.Properties ?? '{}')).toEqual({ Tags });
  const nat = (await ec2.describeNatGateways({ NatGatewayIds: [ids['Nat'] ?? ''] })).NatGateways?.[0];
  const [peering] =
    (await ec2.describeVpcPeeringConnections({ VpcPeeringConnectionIds: [ids['Peering'] ?? ''] }))
      .VpcPeeringConnections ?? [];
  const log = (await ec2.describeFlowLogs({ FlowLogIds: [ids['Log'] ?? ''] })).FlowLogs?.[0];
  expect([log?.ResourceId, log?.TrafficType]).toEqual([ids['Ours'], 'REJECT']);
  const { Vpcs: [ours] = [] } = await ec2.describeVpcs({ VpcIds: [ids['Ours'] ?? ''] });
  expect(ours?.CidrBlockAssociationSet?.map(({ CidrBlock }) => CidrBlock)).toEqual(['10.1.0.0/24', '10.3.0.0/24']);
  expect(nat?.SubnetId).toBe(ids['Subnet']);
  expect(peering?.Status?.Code).toBe('active');
  for (const made of [address, nat, peering, log]) expect(made?.Tags).toEqual(expect.arrayContaining(Tags));
  const { ResourceTagMappingList: found = [] } = await context.tagging.getResources({});
  expect(found.filter(({ ResourceARN = '' }) => ResourceARN.endsWith(`vpc-flow-log/${ids['Log']}`))).toHaveLength(1);
  const group = (await ec2.describeSecurityGroups({ GroupIds: [ids['Group'] ?? ''] })).SecurityGroups?.[0];
  expect(group?.IpPermissions?.map(({ PrefixListIds }) => PrefixListIds?.[0]?.PrefixListId)).toEqual(['pl-3b927c52']);
  expect(group?.IpPermissionsEgress?.map(({ FromPort }) => FromPort)).toContain(5432);

  await remove();
  const gone = await ec2.describeAddresses({});
  expect(gone.Addresses?.filter(({ PublicIp }) => PublicIp === ids['Address'])).toEqual([]);
  const { NatGateways = [] } = await ec2.describeNatGateways({});
  expect(NatGateways.filter(({ State }) => State !== 'deleted')).toEqual([]);
});

function rule(direction: 'Ingress' | 'Egress', more: object) {
  const Type = `AWS::EC2::SecurityGroup${direction}`;
  return { Type, Properties: { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', ...more } };
}

test('a budget with its alerts and tags', async () => {
  const Notification = {
    NotificationType: 'ACTUAL',
    ComparisonOperator: 'GREATER_THAN',
    Threshold: 80,
    ThresholdType: 'PERCENTAGE',
  };
  const FilterExpression = { Tags: { Key: 'Project', Values: ['probe'], MatchOptions: ['EQUALS'] } };
  const Subscribers = [{ SubscriptionType: 'EMAIL', Address: 'somebody@example.com' }];
  const { ids, remove } = await deployed({
    Budget: {
      Type: 'AWS::Budgets::Budget',
      Properties: {
        Budget: {
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: 150, Unit: 'USD' },
          FilterExpression,
        },
        NotificationsWithSubscribers: [{ Notification, Subscribers }],
        ResourceTags: Tags,
      },
    },
  });
  const budgets = new Budgets({ endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials });
  const [AccountId, BudgetName] = [aws.account, ids['Budget'] ?? ''];
  expect((await budgets.describeBudget({ AccountId, BudgetName })).Budget?.BudgetLimit).toEqual({
    Amount: '150',
    Unit: 'USD',
  });
  const shown = await budgets.describeBudget({ AccountId, BudgetName, ShowFilterExpression: true });
  expect(shown.Budget?.FilterExpression).toEqual(FilterExpression);
  const { Notifications } = await budgets.describeNotificationsForBudget({ AccountId, BudgetName });
  expect(Notifications).toEqual([expect.objectContaining({ Threshold: 80 })]);
  const ResourceARN = `arn:aws:budgets::${AccountId}:budget/${BudgetName}`;
  expect((await budgets.listTagsForResource({ ResourceARN })).ResourceTags).toEqual(expect.arrayContaining(Tags));
  await remove();
  await expect(budgets.describeBudget({ AccountId, BudgetName })).rejects.toThrow(/not found|unable to get budget/i);
});
