import { describe, expect, test } from 'vitest';
import { assemblyOf, MODES, ofType, resourcesOf } from './modes';

type Rule = { group: string; ports: unknown[]; source: string };

const CLUSTER = 'sg-0a1b2c3d4e5f60718';
const DATABASE_VPC = 'vpc-0a1b2c3d4e5f60718';

/** What can be done to a group or subnet that exists: EC2 replaces nothing when a rule or route of its own is added. */
const ADDING = [
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::VPCCidrBlock',
];

/** Types that take the place of what a VPC or subnet has, or that change who may use it. */
const REPLACING = [
  'AWS::EC2::NetworkAcl',
  'AWS::EC2::NetworkAclEntry',
  'AWS::EC2::SubnetNetworkAclAssociation',
  'AWS::EC2::VPCDHCPOptionsAssociation',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
];

describe.each(MODES)('a stage: %s', (name, change) => {
  const assembly = assemblyOf(change);
  const resources = resourcesOf(assembly);
  const network = resources.filter(({ stack }) => stack.endsWith('-Network'));
  const rulesAdded: Rule[] = ofType(assembly, 'AWS::EC2::SecurityGroupIngress').flatMap((rule) =>
    typeof rule['GroupId'] === 'string'
      ? {
          group: rule['GroupId'],
          ports: [rule['FromPort'], rule['ToPort']],
          source: JSON.stringify(rule['SourceSecurityGroupId'] ?? rule['CidrIp']),
        }
      : [],
  );

  test('groups that exist only gain rules on the port of the cluster, from groups and subnets of the tasks', () => {
    for (const rule of rulesAdded) expect([rule.group, ...rule.ports]).toEqual([CLUSTER, 5432, 5432]);
    for (const rule of rulesAdded) expect(rule.source).toMatch(/Fn::GetAtt|^"10\.50\.0\.(64|128)\/26"$/);
    expect(rulesAdded.filter(({ source }) => source.includes('/')).length).toBe(
      name === 'existing, in another VPC' ? 2 : 0,
    );
    const ours = /access being there|of SST|database being of Terraform/.test(name) ? 0 : 2;
    const blocks = name === 'existing, in another VPC' ? 1 : 0;
    expect(rulesAdded.length).toBe(name === 'new, with flow logs' ? 1 : ours + blocks);
  });

  test('what names something that exists adds to it, or is ours and sits in it', () => {
    const existing = /"(sg|rtb|igw|nat|subnet|vpc)-[0-9a-f]{17}"/;
    const naming = resources.filter(({ Properties }) => existing.test(JSON.stringify(Properties)));
    const sitting = ['SecurityGroup', 'SecurityGroupEgress', 'Subnet', 'RouteTable', 'VPCEndpoint'].map(
      (type) => `AWS::EC2::${type}`,
    );
    const allowed = [...ADDING, ...sitting, 'AWS::SSM::Parameter', 'AWS::Lambda::Function'];
    expect([...new Set(naming.map(({ Type }) => Type))].filter((type) => !allowed.includes(type))).toEqual([]);
  });

  test('a route table that exists gains a route only when no tool owns it', () => {
    const foreign = ofType(assembly, 'AWS::EC2::Route').filter(({ RouteTableId }) => typeof RouteTableId === 'string');
    expect(foreign.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(
      name === 'new and peered' ? ['10.41.0.0/24'] : [],
    );
  });

  test('groups are named across VPCs only where a peering connection of ours joins them', () => {
    const inOneVpc = name.startsWith('inside') || name === 'existing' || !/^(new|existing)/.test(name);
    // The function that sets up the database, and it alone, has a group in the VPC of the database.
    const groups = network.filter(({ Type }) => Type === 'AWS::EC2::SecurityGroup');
    const foreign = groups.filter(({ Properties }) => Properties['VpcId'] !== DATABASE_VPC);
    if (inOneVpc || /peered/.test(name)) return;
    expect(groups.length - foreign.length).toBe(1);
    for (const { id, Properties } of foreign) {
      expect(JSON.stringify(Properties)).not.toContain(CLUSTER);
      const rules = network.filter(({ Properties: rule }) => rule['GroupId'] === CLUSTER);
      expect(JSON.stringify(rules)).not.toContain(`"${id}"`);
    }
  });

  test('synth needs no context lookups', () => {
    expect(assembly.manifest.missing ?? []).toEqual([]);
  });

  test('nothing takes the place of what there is', () => {
    expect(resources.map(({ Type }) => Type).filter((type) => REPLACING.includes(type))).toEqual([]);
    // Rules of an existing group that are listed in a template would replace all the others.
    for (const group of ofType(assembly, 'AWS::EC2::SecurityGroup')) {
      expect(typeof group['GroupDescription']).toBe('string');
      expect(group).not.toHaveProperty('GroupId');
    }
  });

  test('the closed default security group is that of a VPC of ours', () => {
    for (const { DefaultSecurityGroupId } of ofType(assembly, 'Custom::VpcRestrictDefaultSG'))
      expect(JSON.stringify(DefaultSecurityGroupId)).toContain('Fn::GetAtt');
  });
});
