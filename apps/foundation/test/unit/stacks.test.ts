import { CONTRACT, parameterName } from '@user-metrics/sst/contract';
import { checkTemplateTags, type Template } from '@user-metrics/tagging';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildApp, checkFoundation, loadFoundation } from '../../src';
import { exampleConfig, exampleStage } from './example';

/** Security group of the cluster in the example. */
const CLUSTER = 'sg-0a1b2c3d4e5f60718';

interface BudgetProperties {
  readonly Budget: { readonly BudgetLimit: unknown };
  readonly NotificationsWithSubscribers: { readonly Notification: { Threshold: number; ThresholdType: string } }[];
}

type Resources = { [logicalId: string]: { Type: string; Properties: { [name: string]: unknown } } };

function assemblyOf(
  change: (config: ReturnType<typeof exampleConfig>) => void = () => {},
  stage = 'dev',
): CloudAssembly {
  const config = exampleConfig();
  change(config);
  return buildApp(checkFoundation(config, 'foundation.config.ts'), stage).synth();
}

const resourcesOf = (stack: CloudFormationStackArtifact): Resources => stack.template.Resources;

function ofType(assembly: CloudAssembly, type: string): { stack: string; properties: { [name: string]: unknown } }[] {
  return assembly.stacks.flatMap((stack) =>
    Object.values(resourcesOf(stack))
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => ({ stack: stack.stackName, properties: Properties })),
  );
}

describe('the stacks of a stage', () => {
  let assembly: CloudAssembly;
  beforeAll(() => {
    assembly = assemblyOf();
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

  test('need no context lookups', () => {
    expect(assembly.manifest.missing ?? []).toEqual([]);
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
    const published = ofType(assembly, 'AWS::SSM::Parameter')
      .filter(({ stack }) => stack.startsWith('UserMetrics-dev-'))
      .map(({ properties }) => [properties['Name'], properties['Type'], properties['Description']]);
    const contract = Object.entries(CONTRACT).map(([name, { type, meaning }]) => [
      parameterName('dev', name as 'tags'),
      type,
      meaning,
    ]);
    expect(published.sort()).toEqual(contract.sort());
  });

  test('publish the tags of the stage as JSON', () => {
    const tags = ofType(assembly, 'AWS::SSM::Parameter').find(
      ({ properties }) => properties['Name'] === '/user-metrics/dev/tags',
    );
    expect(JSON.parse(String(tags?.properties['Value']))).toMatchObject({
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
      'AWS::SecretsManager::ResourcePolicy',
    ];
    for (const type of editing) {
      for (const { stack, properties } of ofType(assembly, type)) {
        // What a stack edits is its own: only the Deny of the bucket and the trust of a role name others, as values.
        const { Bucket, GroupId, SecretId } = properties;
        expect(JSON.stringify([Bucket, GroupId, SecretId]), `${type} of ${stack}`).not.toContain('Fn::ImportValue');
      }
    }
    for (const { properties } of ofType(assembly, 'AWS::EC2::SecurityGroupIngress')) {
      expect(JSON.stringify(properties['GroupId'])).not.toContain('Fn::ImportValue');
    }
  });

  test("change nothing that exists but the cluster's security group, by two rules", () => {
    const ids = ['sg-0a1b2c3d4e5f60718', 'vpc-0a1b2c3d4e5f60718', 'igw-0a1b2c3d4e5f60718'];
    const [securityGroup] = ids;
    const rules = ofType(assembly, 'AWS::EC2::SecurityGroupIngress').filter(
      ({ properties }) => properties['GroupId'] === securityGroup,
    );
    expect(
      rules.map(({ properties }) => [properties['FromPort'], properties['ToPort'], properties['Description']]),
    ).toEqual([
      [5432, 5432, 'Umami of the observability foundation'],
      [5432, 5432, 'DatabaseFunction of the observability foundation'],
    ]);
  });

  test('let the task execution role read the secret of Umami, and nothing else', () => {
    const database = assembly.stacks.find(({ stackName }) => stackName.endsWith('Database'));
    const [policy] = Object.values(resourcesOf(database as CloudFormationStackArtifact)).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::Policy' && String(Properties['PolicyName']).startsWith('ReadUmamiSecret'),
    );
    expect(policy?.Properties['PolicyDocument']).toEqual({
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
    const assembly = assemblyOf((config) =>
      Object.assign(config.accounts['111122223333']?.cost ?? {}, { reports: false }),
    );
    expect(assembly.stacks.map(({ stackName }) => stackName)).not.toContain('UserMetrics-CostReports');
    expect(assembly.stacks.map(({ stackName }) => stackName)).toContain('UserMetrics-Cost');
  });

  test("the budget follows the account's limit, thresholds and mark", () => {
    const assembly = assemblyOf((config) =>
      Object.assign(config.accounts['111122223333']?.cost ?? {}, { limit: 60, thresholds: [50, 90] }),
    );
    const [budget] = ofType(assembly, 'AWS::Budgets::Budget').map(
      ({ properties }) => properties as unknown as BudgetProperties,
    );
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
    const assembly = assemblyOf((config) => {
      const production = exampleStage('10.40.251.0/24');
      Object.assign(production.database, { schema: 'umami_prod', databaseRole: 'umami_prod' });
      config.stages['production'] = production;
    });
    const environment = (stackName: string) =>
      assembly.stacks.find((stack) => stack.stackName === stackName)?.tags['Environment'];
    expect(environment('UserMetrics-dev-Network')).toBe('dev');
    expect(environment('UserMetrics-Cost')).toBe('prod');
  });

  test('a stage called production has Environment prod', () => {
    const assembly = assemblyOf((config) => (config.stages = { production: exampleStage() }), 'production');
    expect(assembly.stacks.map(({ tags }) => tags['Environment'])).toEqual(Array(6).fill('prod'));
  });

  test.each([
    ['sst', 'print', 0, 'new aws.vpc.SecurityGroupIngressRule'],
    ['terraform', 'print', 0, 'aws_vpc_security_group_ingress_rule'],
    ['cloudformation', 'print', 0, 'AWS::EC2::SecurityGroupIngress'],
    ['none', 'rule', 2, ''],
  ])("a security group that is %s's: %s, %i rules are added", (owner, mode, count, words) => {
    const assembly = assemblyOf((config) => Object.assign(config.stages['dev']?.database ?? {}, { owner }));
    const network = assembly.stacks.find(({ stackName }) =>
      stackName.endsWith('Network'),
    ) as CloudFormationStackArtifact;
    const added = ofType(assembly, 'AWS::EC2::SecurityGroupIngress').filter(
      ({ properties }) => properties['GroupId'] === 'sg-0a1b2c3d4e5f60718',
    );
    expect(added).toHaveLength(count);
    const printed = JSON.stringify(network.template.Outputs?.DatabaseAccessToAdd?.Value ?? '');
    expect(printed.split(CLUSTER).length - 1).toBe(mode === 'print' ? 2 : 0);
    if (mode === 'print') expect(printed).toContain(words);
  });

  test('access that is there already is left as it is', () => {
    const assembly = assemblyOf((config) => Object.assign(config.stages['dev']?.database ?? {}, { access: 'present' }));
    expect(JSON.stringify(ofType(assembly, 'AWS::EC2::SecurityGroupIngress'))).not.toContain('sg-0a1b2c3d4e5f60718');
  });

  test('rows are deleted after the days that are given, and a failure is an alert', () => {
    const retained = (differing: object) => {
      const assembly = assemblyOf((config) => Object.assign(config.stages['dev']?.database ?? {}, differing));
      const texts = (type: string) => ofType(assembly, type).map(({ properties }) => JSON.stringify(properties));
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
      const assembly = assemblyOf((config) => Object.assign(config.stages['dev']?.database ?? {}, differing));
      const [resource] = ofType(assembly, 'Custom::UmamiDatabase');
      return Object.fromEntries(OF_THE_DATABASE.map((name) => [name, resource?.properties[name]]));
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
    const assembly = assemblyOf((config) => {
      Object.assign(config.stages['dev'] ?? {}, {
        network: {
          mode: 'new',
          block: '10.41.0.0/24',
          availabilityZones: ['eu-central-1a', 'eu-central-1b'],
          peering: { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: ['rtb-0123456789abcdef0'] },
          loadBalancer: { cidrBlocks: ['203.0.113.0/24'] },
        },
      });
      Object.assign(config.stages['dev']?.database ?? {}, {
        functionSubnets: [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' }],
      });
    });
    expect(assembly.manifest.missing ?? []).toEqual([]);
    expect(ofType(assembly, 'AWS::EC2::VPC')).toHaveLength(1);
    expect(ofType(assembly, 'AWS::EC2::VPCPeeringConnection')).toHaveLength(1);
    const network = assembly.stacks.find(({ stackName }) => stackName.endsWith('Network'));
    const resources = network?.template.Resources as { [id: string]: { Type: string; DependsOn?: string[] } };
    const [connection] = Object.entries(resources).find(([, { Type }]) => Type.endsWith('VPCPeeringConnection')) ?? [];
    const naming = Object.values(resources).filter((resource) => JSON.stringify(resource).includes(CLUSTER));
    expect(naming.map(({ Type }) => Type).sort()).toEqual([
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::SecurityGroupIngress',
    ]);
    for (const { DependsOn } of naming) expect(DependsOn).toContain(connection);
    const peered = ofType(assembly, 'AWS::EC2::Route').filter(({ properties }) => properties['VpcPeeringConnectionId']);
    expect(peered.map(({ properties }) => properties['DestinationCidrBlock'])).toEqual([
      '10.40.0.0/16',
      '10.40.0.0/16',
      '10.41.0.0/24',
    ]);
    const [target] = ofType(assembly, 'AWS::Lambda::Function').filter(({ properties }) => properties['VpcConfig']);
    expect(target?.properties['VpcConfig']).toMatchObject({ SubnetIds: ['subnet-0123456789abcdef0'] });
  });

  test('a new network without peering names nothing of the VPC of the database but for the function', () => {
    const assembly = assemblyOf((config) => {
      Object.assign(config.stages['dev'] ?? {}, {
        network: {
          mode: 'new',
          block: '10.41.0.0/24',
          availabilityZones: ['eu-central-1a', 'eu-central-1b'],
          loadBalancer: { cidrBlocks: ['203.0.113.0/24'] },
        },
      });
      Object.assign(config.stages['dev']?.database ?? {}, {
        functionSubnets: [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' }],
      });
    });
    const naming = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']
      .flatMap((type) => ofType(assembly, type))
      .filter(({ properties }) => JSON.stringify(properties).includes(CLUSTER));
    expect(naming.map(({ properties }) => properties['GroupDescription'] ?? properties['Description'])).toEqual([
      'Function that sets up the database',
      'DatabaseFunction of the observability foundation',
    ]);
    expect(ofType(assembly, 'AWS::EC2::VPCPeeringConnection')).toEqual([]);
  });

  test('existing subnets are used as they are', () => {
    const assembly = assemblyOf((config) => {
      Object.assign(config.stages['dev'] ?? {}, {
        network: {
          mode: 'existing',
          vpcId: 'vpc-0a1b2c3d4e5f60718',
          publicSubnets: [
            { subnetId: 'subnet-0123456789abcdefa', cidrBlock: '10.40.1.0/24', availabilityZone: 'eu-central-1a' },
          ],
          privateSubnets: [
            { subnetId: 'subnet-0123456789abcdefb', cidrBlock: '10.40.2.0/24', availabilityZone: 'eu-central-1b' },
          ],
          loadBalancer: { cidrBlocks: ['203.0.113.0/24'] },
        },
      });
    });
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::NatGateway', 'AWS::EC2::Route'])
      expect(ofType(assembly, type)).toEqual([]);
    const [target] = ofType(assembly, 'AWS::Lambda::Function').filter(({ properties }) => properties['VpcConfig']);
    expect(target?.properties['VpcConfig']).toMatchObject({ SubnetIds: ['subnet-0123456789abcdefb'] });
  });

  test('our functions run on nodejs24.x and arm64', () => {
    const assembly = assemblyOf();
    const ours = ofType(assembly, 'AWS::Lambda::Function').filter(
      ({ properties }) => properties['Handler'] === 'index.handler',
    );
    expect(ours.length).toBeGreaterThanOrEqual(2);
    for (const { properties } of ours)
      expect([properties['Runtime'], properties['Architectures']]).toEqual(['nodejs24.x', ['arm64']]);
  });
});

test('the configuration that comes with the repository is valid and synthesises as it is', async () => {
  const foundation = await loadFoundation(`${__dirname}/../../foundation.config.ts`);
  for (const stage of Object.keys(foundation.stages)) {
    expect(buildApp(foundation, stage).synth().manifest.missing ?? []).toEqual([]);
  }
}, 60_000);
