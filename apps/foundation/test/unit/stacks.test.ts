import { CONTRACT, parameterName } from '@user-metrics/sst/contract';
import { checkTemplateTags, type Template } from '@user-metrics/tagging';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildApp, loadFoundation } from '../../src';
import { assemblyOfConfig, exampleConfig, exampleStage } from './example';
import { assemblyOf, existing, inOwnVpc, modeOf, ofType, resourcesOf } from './modes';

/** Security group of the cluster in the example. */
const CLUSTER = 'sg-0a1b2c3d4e5f60718';

interface BudgetProperties {
  readonly Budget: { readonly BudgetLimit: unknown };
  readonly NotificationsWithSubscribers: { readonly Notification: { Threshold: number; ThresholdType: string } }[];
}

const withCost = (differing: object) => assemblyOf((_, cost) => void Object.assign(cost, differing));
const withDatabase = (differing: object) => assemblyOf(({ database }) => void Object.assign(database, differing));

/** Subnets of the function that sets up the database. */
function functionSubnetsOf(assembly: CloudAssembly) {
  const [target] = ofType(assembly, 'AWS::Lambda::Function').filter(({ VpcConfig }) => VpcConfig);
  return (target?.['VpcConfig'] as { SubnetIds: unknown } | undefined)?.SubnetIds;
}

describe('the stacks of a stage', () => {
  let assembly: CloudAssembly;
  beforeAll(() => {
    assembly = assemblyOf(() => {});
  });

  test('are one for each concern, and the two that the account has once', () => {
    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual([
      'UserMetrics-Cost',
      'UserMetrics-CostReports',
      'UserMetrics-dev-Access',
      'UserMetrics-dev-Database',
      'UserMetrics-dev-Network',
      'UserMetrics-dev-Storage',
    ]);
  });

  test('lie in the account and Region of the configuration', () => {
    for (const { environment } of assembly.stacks)
      expect(environment).toMatchObject({ account: '111122223333', region: 'eu-central-1' });
  });

  test('carry the tags on 100 % of what takes tags', () => {
    const reports = assembly.stacks.map((stack) => checkTemplateTags(stack.template as Template));
    expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(reports.reduce((sum, { taggable }) => sum + taggable, 0)).toBeGreaterThan(40);
  });

  test('are tagged themselves', () => {
    for (const { tags } of assembly.stacks) {
      expect(tags).toEqual({
        Project: 'UserMetrics',
        Environment: 'dev',
        ManagedBy: 'CDK',
        CostCenter: 'Observability',
        Owner: 'platform-team',
      });
    }
  });

  test('publish exactly what the contract lists, under the path of the stage', () => {
    const published = resourcesOf(assembly)
      .filter(({ Type, stack }) => Type === 'AWS::SSM::Parameter' && stack.startsWith('UserMetrics-dev-'))
      .map(({ Properties }) => [Properties['Name'], Properties['Type'], Properties['Description']]);
    const contract = Object.entries(CONTRACT).map(([name, { type, meaning }]) => [
      parameterName('dev', name as 'tags'),
      type,
      meaning,
    ]);
    expect(published.sort()).toEqual(contract.sort());
  });

  test('publish the tags of the stage as JSON', () => {
    const tags = ofType(assembly, 'AWS::SSM::Parameter').find(({ Name }) => Name === '/user-metrics/dev/tags');
    expect(JSON.parse(String(tags?.['Value']))).toMatchObject({
      Project: 'UserMetrics',
      Environment: 'dev',
      ManagedBy: 'CDK',
    });
  });

  test('depend on each other in one direction: network, access and the alerts first', () => {
    const dependencies = Object.fromEntries(
      assembly.stacks.map((stack) => [
        stack.stackName,
        stack.dependencies
          .map(({ id }) => id)
          .filter((id) => !id.endsWith('.assets'))
          .sort(),
      ]),
    );
    expect(dependencies).toEqual({
      'UserMetrics-Cost': [],
      'UserMetrics-CostReports': ['UserMetrics-Cost'],
      'UserMetrics-dev-Access': [],
      'UserMetrics-dev-Network': [],
      'UserMetrics-dev-Database': ['UserMetrics-dev-Access', 'UserMetrics-dev-Network'],
      'UserMetrics-dev-Storage': ['UserMetrics-Cost', 'UserMetrics-dev-Access'],
    });
  });

  test('refer to each other by exports, not by weak references', () => {
    const text = JSON.stringify(assembly.stacks.map(({ template }) => template));
    expect(text).toContain('Fn::ImportValue');
    expect(text).not.toContain('Fn::GetStackOutput');
  });

  test('edit no IAM role, bucket policy or security group of another stack', () => {
    const editing = [
      'AWS::IAM::Role',
      'AWS::S3::BucketPolicy',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::SecretsManager::ResourcePolicy',
    ];
    for (const { stack, Type, Properties } of resourcesOf(assembly).filter(({ Type }) => editing.includes(Type))) {
      // What a stack edits is its own: only the Deny of the bucket and the trust of a role name others, as values.
      const { Bucket, GroupId, SecretId } = Properties;
      expect(JSON.stringify([Bucket, GroupId, SecretId]), `${Type} of ${stack}`).not.toContain('Fn::ImportValue');
    }
  });

  test('let the task execution role read the secret of Umami, and nothing else', () => {
    const [policy] = ofType(assembly, 'AWS::IAM::Policy', 'UserMetrics-dev-Database').filter(({ PolicyName }) =>
      String(PolicyName).startsWith('ReadUmamiSecret'),
    );
    expect(policy?.['PolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: { Ref: expect.stringContaining('Secret') },
        },
      ],
    });
  });
});

describe('the configuration decides', () => {
  test('the account has no reports when they are switched off', () => {
    const names = withCost({ reports: false }).stacks.map(({ stackName }) => stackName);
    expect(names).not.toContain('UserMetrics-CostReports');
    expect(names).toContain('UserMetrics-Cost');
  });

  test("the budget follows the account's limit, thresholds and mark", () => {
    const [budget] = ofType(
      withCost({ limit: 60, thresholds: [50, 90] }),
      'AWS::Budgets::Budget',
    ) as unknown as BudgetProperties[];
    expect(budget?.Budget.BudgetLimit).toEqual({ Amount: 60, Unit: 'USD' });
    expect(
      budget?.NotificationsWithSubscribers.map(({ Notification: { Threshold, ThresholdType } }) => [
        Threshold,
        ThresholdType,
      ]),
    ).toEqual([
      [40, 'ABSOLUTE_VALUE'],
      [50, 'PERCENTAGE'],
      [90, 'PERCENTAGE'],
      [100, 'PERCENTAGE'],
    ]);
  });

  test('what the account has once has the most important environment of its stages', () => {
    const config = exampleConfig();
    config.stages['production'] = exampleStage('10.40.251.0/24', 'umami_prod');
    const assembly = assemblyOfConfig(config);
    const environment = (stackName: string) =>
      assembly.stacks.find((stack) => stack.stackName === stackName)?.tags['Environment'];
    expect(environment('UserMetrics-dev-Network')).toBe('dev');
    expect(environment('UserMetrics-Cost')).toBe('prod');
  });

  test('a stage called production has Environment prod', () => {
    const config = { ...exampleConfig(), stages: { production: exampleStage() } };
    const { stacks } = assemblyOfConfig(config, 'production');
    expect(stacks.map(({ tags }) => tags['Environment'])).toEqual(Array(6).fill('prod'));
  });

  test('rows are deleted after the days that are given, and a failure is an alert', () => {
    const retained = (differing: object) => {
      const assembly = withDatabase(differing);
      const texts = (type: string) => ofType(assembly, type).map((properties) => JSON.stringify(properties));
      return {
        events: texts('AWS::Events::Rule').filter((text) => text.includes('purge')),
        alarms: texts('AWS::CloudWatch::Alarm').filter((text) => text.includes('RetentionFunction')),
      };
    };

    expect(retained({})).toEqual({ events: [], alarms: [] });
    const { events, alarms } = retained({ retentionDays: { replays: 30, events: 395 } });
    expect(events).toEqual([expect.stringMatching(/Retention\W+replays\W+2592000\W+events\W+34128000\W/)]);
    expect(alarms).toEqual([expect.stringMatching(/"AlarmActions":\[[^\]]*Alerts/)]);
  });

  test('what is said of the database reaches the function, and nothing is said by itself', () => {
    const OF_THE_DATABASE = [
      ...['Repair', 'AllowOtherEncoding', 'AlternatingDatabaseRoles', 'TablesOwner', 'StatementSeconds'],
      ...['IdleInTransactionSeconds', 'UmamiHost', 'UmamiPort'],
    ];
    const said = (differing: object) => {
      const [resource] = ofType(withDatabase(differing), 'Custom::UmamiDatabase');
      return Object.fromEntries(OF_THE_DATABASE.map((name) => [name, resource?.[name]]));
    };

    expect(said({})).toEqual({});
    const differing = { repair: true, allowOtherEncoding: true, tablesOwner: 'umami', statementSeconds: 300 };
    expect(said({ alternatingDatabaseRoles: true })).toEqual({ AlternatingDatabaseRoles: 'true' });
    const pooler = { umamiHost: 'pooler.example.com', umamiPort: 6432 };
    expect(said({ ...differing, ...pooler, idleInTransactionSeconds: 30 })).toEqual({
      Repair: 'true',
      AllowOtherEncoding: 'true',
      TablesOwner: 'umami',
      StatementSeconds: '300',
      IdleInTransactionSeconds: '30',
      UmamiHost: 'pooler.example.com',
      UmamiPort: '6432',
    });
  });

  test('a new network is peered with the VPC of the database, and the function runs there', () => {
    const assembly = assemblyOf(modeOf('new and peered'));
    expect(ofType(assembly, 'AWS::EC2::VPC')).toHaveLength(1);
    const resources = resourcesOf(assembly).filter(({ stack }) => stack.endsWith('Network'));
    const connections = resources.filter(({ Type }) => Type.endsWith('VPCPeeringConnection')).map(({ id }) => id);
    expect(connections).toHaveLength(1);
    const naming = resources.filter((resource) => JSON.stringify(resource).includes(CLUSTER));
    expect(naming.map(({ Type }) => Type).sort()).toEqual([
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::SecurityGroupIngress',
    ]);
    for (const { DependsOn } of naming) expect(DependsOn).toEqual(expect.arrayContaining(connections));
    const peered = ofType(assembly, 'AWS::EC2::Route').filter(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId);
    expect(peered.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual([
      '10.40.0.0/16',
      '10.40.0.0/16',
      '10.41.0.0/24',
    ]);
    expect(functionSubnetsOf(assembly)).toEqual(['subnet-0123456789abcdef0']);
  });

  test('a new network without peering names nothing of the VPC of the database but for the function', () => {
    const assembly = assemblyOf(inOwnVpc());
    const naming = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']
      .flatMap((type) => ofType(assembly, type))
      .filter((properties) => JSON.stringify(properties).includes(CLUSTER));
    expect(naming.map(({ GroupDescription, Description }) => GroupDescription ?? Description)).toEqual([
      'Function that sets up the database',
      'DatabaseFunction of the observability foundation',
    ]);
    expect(ofType(assembly, 'AWS::EC2::VPCPeeringConnection')).toEqual([]);
  });

  test('existing subnets are used as they are', () => {
    const assembly = assemblyOf(modeOf('existing'));
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::NatGateway', 'AWS::EC2::Route'])
      expect(ofType(assembly, type)).toEqual([]);
    expect(functionSubnetsOf(assembly)).toEqual(existing.privateSubnets.map(({ subnetId }) => subnetId));
  });

  test('our functions run on nodejs24.x and arm64', () => {
    const functions = ofType(
      assemblyOf(() => {}),
      'AWS::Lambda::Function',
    );
    const ours = functions.filter(({ Handler }) => Handler === 'index.handler');
    expect(ours.length).toBeGreaterThanOrEqual(2);
    for (const { Runtime, Architectures } of ours) expect([Runtime, Architectures]).toEqual(['nodejs24.x', ['arm64']]);
  });
});

test('the configuration that comes with the repository is valid and synthesises as it is', async () => {
  const foundation = await loadFoundation(`${__dirname}/../../foundation.config.ts`);
  for (const stage of Object.keys(foundation.stages)) {
    expect(buildApp(foundation, stage).synth().manifest.missing ?? []).toEqual([]);
  }
}, 60_000);
