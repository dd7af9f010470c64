import { describe, expect, test } from 'vitest';
import { type EstimateLine, estimate, SMALL_SITE } from '../../../src/estimate';

type Properties = { readonly [name: string]: unknown };

/** What one resource is billed for: `price quantity`. */
function billed(type: string, properties: Properties = {}): string[] {
  const { lines, outsideTheTag, unknown } = priced(type, properties);
  expect(unknown).toEqual([]);
  const shown = ({ price, quantity }: EstimateLine) => `${price} ${Number(quantity.toPrecision(5))}`;
  return [...lines.map(shown), ...outsideTheTag.map((line) => `outside: ${shown(line)}`)];
}

function priced(Type: string, Properties: Properties) {
  const template = { Resources: { It: { Type, Properties } } };
  return estimate([{ name: 'Stack', template }], { region: 'us-east-1' });
}

const bucket = (dataType: string, rules: object[], more: Properties = {}) => ({
  Tags: [{ Key: 'DataType', Value: dataType }],
  LifecycleConfiguration: { Rules: rules },
  ...more,
});
const TIERED = { Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }] };
const REQUESTS = ['s3.put 30000', 's3.get 30000'];

describe('a network', () => {
  test.each<[string, string, Properties, string[]]>([
    ['a NAT gateway', 'AWS::EC2::NatGateway', {}, ['nat.hour 730']],
    [
      'a regional NAT gateway, in both Availability Zones with addresses of its own',
      'AWS::EC2::NatGateway',
      { AvailabilityMode: 'regional' },
      ['nat.hour 1460', 'ipv4.hour 1460'],
    ],
    ['an address', 'AWS::EC2::EIP', {}, ['ipv4.hour 730']],
    [
      'a route to a NAT gateway of the stack',
      'AWS::EC2::Route',
      { NatGatewayId: { Ref: 'Nat' }, DestinationCidrBlock: '0.0.0.0/0' },
      ['nat.gb 10'],
    ],
    ['a route elsewhere', 'AWS::EC2::Route', { GatewayId: 'igw-0a', DestinationCidrBlock: '0.0.0.0/0' }, []],
    [
      'a route for a part of the traffic',
      'AWS::EC2::Route',
      { NatGatewayId: { Ref: 'Nat' }, DestinationCidrBlock: '10.0.0.0/8' },
      [],
    ],
    [
      "a route to the application's NAT gateway",
      'AWS::EC2::Route',
      { NatGatewayId: 'nat-0123456789abcdef0', DestinationCidrBlock: '0.0.0.0/0' },
      ['nat.gb 10'],
    ],
    ['a gateway endpoint', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, []],
    [
      'an interface endpoint in two Availability Zones',
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
      ['endpoint.hour 1460', 'endpoint.gb 20'],
    ],
    [
      'flow logs of rejected traffic',
      'AWS::EC2::FlowLog',
      { LogDestinationType: 'cloud-watch-logs', TrafficType: 'REJECT' },
      ['logs.ingest.gb 0.04'],
    ],
    ['a peering connection', 'AWS::EC2::VPCPeeringConnection', {}, ['crossaz.gb 10']],
  ])('%s', (_, type, properties, expected) => {
    expect(billed(type, properties)).toEqual(expected);
  });
});

describe('flow logs whose size no template tells are unknown, not free', () => {
  test.each([{ TrafficType: 'ALL' }, { TrafficType: 'REJECT', LogDestinationType: 's3' }])('%o', (properties) => {
    expect(priced('AWS::EC2::FlowLog', properties)).toMatchObject({ lines: [], unknown: [{ logicalId: 'It' }] });
  });
});

describe('a bucket of recordings', () => {
  test('in Intelligent-Tiering, for 30 days, never gets cheaper', () => {
    const days = [{ ExpirationInDays: 7, TagFilters: [{}] }, { ExpirationInDays: 30 }, TIERED];
    expect(billed('AWS::S3::Bucket', bucket('Sessions', days))).toEqual([
      's3.standard.gb 19.726',
      ...REQUESTS,
      's3.transition 30000',
      's3.monitoring 29589',
    ]);
  });

  test('for 120 days, gets cheaper on day 31 and day 91', () => {
    expect(billed('AWS::S3::Bucket', bucket('Sessions', [{ ExpirationInDays: 120 }, TIERED])).slice(0, 3)).toEqual([
      's3.standard.gb 19.726',
      's3.infrequent.gb 39.452',
      's3.archive.gb 19.726',
    ]);
  });

  test('without tiering, stays as it is', () => {
    expect(billed('AWS::S3::Bucket', bucket('Sessions', [{ ExpirationInDays: 60 }]))).toEqual([
      's3.standard.gb 39.452',
      ...REQUESTS,
    ]);
  });

  test('with metrics of requests, costs more outside the tag', () => {
    const metrics = { MetricsConfigurations: [{ Id: 'EntireBucket' }] };
    const lines = billed('AWS::S3::Bucket', bucket('Sessions', [{ ExpirationInDays: 30 }], metrics));
    expect(lines.at(-1)).toBe('outside: metric 16');
  });
});

test.each([
  [365, ['s3.standard.gb 60', 's3.glacier.gb 0', 's3.glacier.transition 500']],
  [31, ['s3.standard.gb 5.0959', 's3.glacier.gb 54.904', 's3.glacier.transition 500']],
])('a bucket of logs with Glacier on day %i, after a year', (TransitionInDays, expected) => {
  const glacier = { Transitions: [{ StorageClass: 'GLACIER', TransitionInDays }] };
  expect(billed('AWS::S3::Bucket', bucket('Logs', [glacier]))).toEqual(expected);
});

const TASK = { Cpu: '512', Memory: '1024' };
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

describe('containers', () => {
  test.each<[string, string, Properties, string[]]>([
    ['a task on Fargate', 'AWS::ECS::TaskDefinition', TASK, ['fargate.vcpu 365', 'fargate.gb 730']],
    ['its service', 'AWS::ECS::Service', { LaunchType: 'FARGATE', DesiredCount: 1 }, []],
    ['their cluster', 'AWS::ECS::Cluster', {}, []],
    ['an internal load balancer', LOAD_BALANCER, { Scheme: 'internal' }, ['alb.hour 730', 'alb.lcu 730']],
    [
      'one with public addresses',
      LOAD_BALANCER,
      { Scheme: 'internet-facing', Subnets: ['a', 'b', 'c'] },
      ['alb.hour 730', 'alb.lcu 730', 'ipv4.hour 2190'],
    ],
  ])('%s', (_, type, properties, expected) => {
    expect(billed(type, properties)).toEqual(expected);
  });

  test.each<[string, string, Properties]>([
    ['a task without a size', 'AWS::ECS::TaskDefinition', {}],
    ['a task on ARM', 'AWS::ECS::TaskDefinition', { ...TASK, RuntimePlatform: { CpuArchitecture: 'ARM64' } }],
    ['a service of two tasks', 'AWS::ECS::Service', { LaunchType: 'FARGATE', DesiredCount: 2 }],
    ['a service on instances', 'AWS::ECS::Service', { LaunchType: 'EC2' }],
    ['a cluster with Container Insights', 'AWS::ECS::Cluster', { ClusterSettings: [{ Value: 'enabled' }] }],
    ['a network load balancer', LOAD_BALANCER, { Type: 'network' }],
  ])('%s is unknown, not free', (_, type, properties) => {
    expect(priced(type, properties)).toMatchObject({ lines: [], unknown: [{ logicalId: 'It' }] });
  });
});

describe('the rest', () => {
  test.each<[string, string, Properties, string[]]>([
    ['an alarm', 'AWS::CloudWatch::Alarm', { MetricName: 'Errors' }, ['alarm.metric 1']],
    [
      'an alarm over metric math, by metric',
      'AWS::CloudWatch::Alarm',
      { Metrics: [{ Expression: 'SUM([a, b])' }, { MetricStat: {} }, { MetricStat: {} }] },
      ['alarm.metric 2'],
    ],
    [
      'an alarm on a metric of ours',
      'AWS::CloudWatch::Alarm',
      { Namespace: 'UserMetrics/Cost' },
      ['alarm.metric 1', 'outside: metric 1'],
    ],
    ['an alarm on a metric of AWS', 'AWS::CloudWatch::Alarm', { Namespace: 'AWS/Lambda' }, ['alarm.metric 1']],
    ['a dashboard', 'AWS::CloudWatch::Dashboard', {}, ['dashboard 1']],
    ['a metric filter', 'AWS::Logs::MetricFilter', {}, ['outside: metric 1']],
    ['a log group', 'AWS::Logs::LogGroup', {}, ['logs.ingest.gb 0.1', 'logs.stored.gb 0.1']],
    ['a function', 'AWS::Lambda::Function', { MemorySize: 256 }, ['lambda.call 1000', 'lambda.gbs 2500']],
    ['a function of 128 MB', 'AWS::Lambda::Function', {}, ['lambda.call 1000', 'lambda.gbs 1250']],
    ['a secret', 'AWS::SecretsManager::Secret', {}, ['secret 1', 'secret.call 1000']],
    ['a key', 'AWS::KMS::Key', {}, ['kms.key 1', 'kms.call 1000']],
    ['a topic', 'AWS::SNS::Topic', {}, ['sns.publish 100']],
    ['an address', 'AWS::SNS::Subscription', { Protocol: 'email' }, ['sns.email 100']],
    ['a parameter', 'AWS::SSM::Parameter', {}, []],
    [
      'a role',
      'AWS::IAM::Role',
      { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*' }] } }] },
      [],
    ],
    ['Umami', 'Custom::UmamiDatabase', {}, ['outside: aurora.acu 365']],
  ])('%s', (_, type, properties, expected) => {
    expect(billed(type, properties)).toEqual(expected);
  });

  test.each(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role'])(
    'what a %s lets its holder spend',
    (type) => {
      const Statement = [
        { Effect: 'Allow', Action: ['ce:GetCostAndUsage', 'ce:ListCostAllocationTags'] },
        { Effect: 'Allow', Action: 'cloudwatch:PutMetricData' },
        { Effect: 'Deny', Action: 'ce:UpdateCostAllocationTagsStatus' },
      ];
      const properties = type.endsWith('Role')
        ? { Policies: [{ PolicyDocument: { Statement } }] }
        : { PolicyDocument: { Statement } };
      expect(billed(type, properties)).toEqual(['outside: ce.call 60.833', 'outside: metric 5']);
    },
  );
});

test.each<[string, Properties]>([
  ['AWS::EC2::Instance', { InstanceType: 't4g.nano' }],
  ['AWS::EC2::FlowLog', { LogDestinationType: 's3' }],
  ['AWS::S3::Bucket', {}],
  ['AWS::SSM::Parameter', { Tier: 'Advanced' }],
  ['AWS::SNS::Subscription', { Protocol: 'sms' }],
  ['AWS::RDS::DBCluster', {}],
])('a kind of %s that no rule knows is listed, not zero', (type, properties) => {
  expect(priced(type, properties)).toMatchObject({
    lines: [],
    total: 0,
    unknown: [{ stack: 'Stack', logicalId: 'It', type }],
  });
});

test('the assumptions are those of a small site', () => {
  expect(SMALL_SITE).toMatchObject({ sessions: 10_000, megabytesOfSession: 2, objectsOfSession: 3, natGigabytes: 20 });
});
