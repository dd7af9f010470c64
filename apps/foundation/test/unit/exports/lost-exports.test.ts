import { describe, expect, test } from 'vitest';
import type { DeployedStack } from '../../../src/account/deployed-stacks';
import type { Template } from '../../../src/account/template';
import { lostExports } from '../../../src/commands/exports/lost-exports';
import { assemblyOf, type Change } from '../modes';

/** A stack whose template is deployed as it is. */
function asDeployed(template: Template): DeployedStack {
  const exported = Object.entries(template.Outputs ?? {}).filter(([, output]) => output.Export);
  return { template, exports: new Map(exported.map(([key, output]) => [key, String(output.Export?.Name)])) };
}

const templatesOf = (change: Change): Map<string, Template> =>
  new Map(assemblyOf(change).stacks.map(({ stackName, template }) => [stackName, template]));

const before = templatesOf(() => {});

/** What every stack of the example would lose by a change, without the name of an export. */
async function lostBy(after: Map<string, Template>): Promise<string[]> {
  const lost: string[] = [];
  for (const [name, template] of before) {
    const next = after.get(name);
    if (!next) continue;
    for (const { change } of await lostExports(asDeployed(template), next))
      lost.push(`${name} ${change.replace(/export \S+/, 'export …')}`);
  }
  return lost;
}

describe('a stage that is deployed', () => {
  test('exports something: there is what could be lost', () => {
    const counts = [...before].map(([name, template]) => [name, asDeployed(template).exports.size] as const);
    expect(Object.fromEntries(counts.filter(([, count]) => count > 0))).toEqual({
      'UserMetrics-Cost': 3,
      'UserMetrics-dev-Access': expect.any(Number),
      'UserMetrics-dev-Network': 3,
    });
  });

  test.each<[string, Change]>([
    ['as it is', () => {}],
    ['with other days of retention', (stage) => void Object.assign(stage, { storage: { retentionDays: 7 } })],
    ['with flow logs', (stage) => void Object.assign(stage.network, { flowLogs: true })],
    ['with another kind of egress', (stage) => void Object.assign(stage.network, { nat: 'gatewayPerZone' })],
    [
      'with other visitors',
      (stage) => void Object.assign(stage.network, { loadBalancer: { cidrBlocks: ['203.0.113.0/24'] } }),
    ],
    ['with an owner of the database', (stage) => void Object.assign(stage.database, { owner: 'sst' })],
  ])('loses nothing: %s', async (_, change) => {
    expect(await lostBy(templatesOf(change))).toEqual([]);
  });

  test('loses its private subnets with another block', async () => {
    const after = templatesOf((stage) => void Object.assign(stage.network, { block: '10.40.251.0/24' }));
    expect(await lostBy(after)).toEqual([
      'UserMetrics-dev-Network would replace Network/Subnets/Tasks1/Subnet (AWS::EC2::Subnet: CidrBlock)',
      'UserMetrics-dev-Network would replace Network/Subnets/Tasks2/Subnet (AWS::EC2::Subnet: CidrBlock)',
    ]);
  });

  test('loses the one private subnet whose zone is another', async () => {
    const availabilityZones = ['eu-central-1a', 'eu-central-1c'];
    expect(await lostBy(templatesOf((stage) => void Object.assign(stage.network, { availabilityZones })))).toEqual([
      'UserMetrics-dev-Network would replace Network/Subnets/Tasks2/Subnet (AWS::EC2::Subnet: AvailabilityZone)',
    ]);
  });

  test('loses subnets and the security group in them with another VPC', async () => {
    const vpcId = 'vpc-0fedcba9876543210';
    const after = templatesOf((stage) => {
      Object.assign(stage.network, { vpcId });
      stage.database.vpcId = vpcId;
    });
    expect(await lostBy(after)).toEqual([
      expect.stringContaining('Network/Subnets/Tasks1/Subnet (AWS::EC2::Subnet: VpcId)'),
      expect.stringContaining('Network/Subnets/Tasks2/Subnet (AWS::EC2::Subnet: VpcId)'),
      expect.stringContaining('Groups/DatabaseFunction (AWS::EC2::SecurityGroup: VpcId)'),
    ]);
  });

  test('no longer exports its subnets when the function gets others', async () => {
    const functionSubnets = [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' }];
    const after = templatesOf((stage) => void Object.assign(stage.database, { functionSubnets }));
    expect(await lostBy(after)).toEqual(Array(2).fill('UserMetrics-dev-Network would no longer export …'));
  });

  test('no longer exports the alarm and the log group of the tags when the reports are switched off', async () => {
    expect(await lostBy(templatesOf((_, cost) => void Object.assign(cost, { reports: false })))).toEqual([
      'UserMetrics-Cost would no longer export …',
      'UserMetrics-Cost would no longer export …',
    ]);
  });
});

describe('the value of an export', () => {
  const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'one' } };
  const withValue = (Value: unknown, Resources: object = { A: topic, B: topic }): Template => ({
    Resources: Resources as Template['Resources'],
    Outputs: { Out: { Value, Export: { Name: 'Stack:Out' } } },
  });
  const lost = (one: Template, other: Template) => lostExports(asDeployed(one), other);

  test.each<[string, unknown, unknown]>([
    ['of another resource', { Ref: 'A' }, { Ref: 'B' }],
    [
      'of another resource, by an attribute',
      { 'Fn::GetAtt': ['A', 'TopicName'] },
      { 'Fn::GetAtt': ['B', 'TopicName'] },
    ],
    ['of another resource, within a text', { 'Fn::Sub': `x-$\{A.TopicName}` }, { 'Fn::Sub': `x-$\{B.TopicName}` }],
    ['another text', 'eu', 'us'],
    ['a text instead of a resource', { Ref: 'A' }, 'topic'],
  ])('is lost: %s', async (_, one, other) => {
    expect(await lost(withValue(one), withValue(other))).toEqual([
      { name: 'Stack:Out', change: 'would give Stack:Out another value' },
    ]);
  });

  test.each<[string, unknown, unknown]>([
    ['written in another way', { 'Fn::GetAtt': ['A', 'TopicName'] }, { 'Fn::GetAtt': 'A.TopicName' }],
    ['the same', { 'Fn::Join': ['', ['x', { Ref: 'A' }]] }, { 'Fn::Join': ['', ['x', { Ref: 'A' }]] }],
  ])('is kept: %s', async (_, one, other) => {
    expect(await lost(withValue(one), withValue(other))).toEqual([]);
  });

  test('is lost with what it depends on, two steps away', async () => {
    const subscribed = (TopicName: string) => ({
      A: { ...topic, Properties: { TopicName } },
      B: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'A' }, Protocol: 'sqs' } },
    });
    expect(await lost(withValue({ Ref: 'B' }, subscribed('one')), withValue({ Ref: 'B' }, subscribed('two')))).toEqual([
      { name: 'Stack:Out', change: 'would replace B (AWS::SNS::Subscription: TopicArn)' },
    ]);
  });

  test('is kept when its output has another key and the same name', async () => {
    const { Out } = withValue({ Ref: 'A' }).Outputs ?? {};
    const renamed = { ...withValue({ Ref: 'A' }), Outputs: { Other: Out as NonNullable<typeof Out> } };
    expect(await lost(withValue({ Ref: 'A' }), renamed)).toEqual([]);
  });
});
