import { describe, expect, test } from 'vitest';
import { type ConfigProblem, checkFoundation } from '../../src';
import { exampleConfig, exampleStage, problemsAfter } from './example';
import { existing, functionSubnet, functionSubnets, ownNetwork, peering } from './modes';

type Example = ReturnType<typeof exampleConfig>;

/** The stage of the example, with its parts as free objects: wrong values are what these tests are about. */
function stage(config: Example): { [part: string]: { [key: string]: unknown } } {
  return config.stages['dev'] as never;
}
const network = (config: Example) => stage(config)['network'] as { [key: string]: unknown };
const database = (config: Example) => stage(config)['database'] as { [key: string]: unknown };
const account = (config: Example) => config.accounts['111122223333'] as unknown as { [key: string]: unknown };
const cost = (config: Example) => account(config)['cost'] as { [key: string]: unknown };

test('the example is valid and gets its defaults', () => {
  const { accounts, stages } = checkFoundation(exampleConfig(), 'foundation.config.ts');
  expect(accounts['111122223333']?.cost).toEqual({
    limit: 150,
    lowerMark: 100,
    thresholds: [80, 100],
    includeCreditsAndRefunds: false,
    emails: ['platform@example.com'],
    stageLimits: {},
    encryptAlerts: false,
    region: 'eu-central-1',
    budget: true,
    reports: true,
    trend: true,
    explorerReport: true,
  });
  expect(stages['dev']).toMatchObject({
    database: { port: 5432, schema: 'umami', databaseRole: 'umami_user', umamiAdministrator: 'generated' },
  });
});

const ELSEWHERE = { ...existing, vpcId: 'vpc-0fedcba9876543210' };

describe('fails for', () => {
  test.each<[string, (config: Example) => void, Partial<ConfigProblem>]>([
    [
      'a block that is no /24',
      (c) => (network(c)['block'] = '10.40.248.0/22'),
      { path: 'stages.dev.network.block', got: '10.40.248.0/22', expected: expect.stringContaining('a private /24') },
    ],
    [
      'a block with host bits',
      (c) => (network(c)['block'] = '10.40.250.5/24'),
      { path: 'stages.dev.network.block', got: '10.40.250.5/24' },
    ],
    [
      'a public block',
      (c) => {
        network(c)['vpcCidrBlocks'] = ['8.8.0.0/16'];
        network(c)['block'] = '8.8.8.0/24';
      },
      { path: 'stages.dev.network.block', got: '8.8.8.0/24' },
    ],
    [
      'a block outside the VPC',
      (c) => (network(c)['block'] = '10.41.0.0/24'),
      { path: 'stages.dev.network.block', expected: 'must lie inside the VPC' },
    ],
    [
      'a block to be added that the VPC has already',
      (c) => (network(c)['addBlock'] = true),
      { path: 'stages.dev.network.block', expected: 'must not overlap with 10.40.0.0/16, which the VPC has already' },
    ],
    [
      'a shared NAT gateway beside one of its own',
      (c) => Object.assign(network(c), { natGatewayId: 'nat-0123456789abcdef0', nat: 'gatewayPerZone' }),
      { path: 'stages.dev.network.nat', expected: 'must be left out beside natGatewayId' },
    ],
    [
      'a kind of egress that does not exist',
      (c) => (network(c)['nat'] = 'gateway'),
      { path: 'stages.dev.network.nat', expected: 'must be one of singleGateway, gatewayPerZone, none' },
    ],
    [
      'a NAT instance, which earlier versions created',
      (c) => (network(c)['nat'] = 'instance'),
      {
        path: 'stages.dev.network.nat',
        got: 'instance',
        fix: expect.stringMatching(/a NAT instance of your own and give its subnets with mode 'existing'/),
      },
    ],
    [
      'a rule in a security group that Terraform would put back',
      (c) => Object.assign(database(c), { owner: 'terraform', access: 'rule' }),
      {
        path: 'stages.dev.database.access',
        got: 'rule',
        expected: "must be 'present' or 'print', because terraform puts back what it finds changed",
      },
    ],
    [
      'one Availability Zone twice',
      (c) => (network(c)['availabilityZones'] = ['eu-central-1a', 'eu-central-1a']),
      { path: 'stages.dev.network.availabilityZones' },
    ],
    [
      'a load balancer that nobody reaches',
      (c) => (network(c)['loadBalancer'] = {}),
      { path: 'stages.dev.network.loadBalancer' },
    ],
    [
      'a mode that does not exist',
      (c) => (network(c)['mode'] = 'outside'),
      { path: 'stages.dev.network.mode', expected: "must have a mode: 'inside', 'new' or 'existing'" },
    ],
    [
      'a health probe that writes',
      (c) => Object.assign(stage(c), { probes: { sql: { databaseRole: 'shop', statement: 'delete from orders' } } }),
      {
        path: 'stages.dev.probes.sql.statement',
        expected: 'must be one statement of at most 1000 characters that starts with select, values or with',
      },
    ],
    [
      'a health probe over plain HTTP',
      (c) => Object.assign(stage(c), { probes: { url: 'http://www.example.com' } }),
      { path: 'stages.dev.probes.url', expected: 'must be a URL that starts with https://' },
    ],
    [
      'a budget of 0',
      (c) => (cost(c)['limit'] = 0),
      { path: "accounts['111122223333'].cost.limit", got: '0', expected: 'must be a number of USD, 0.02 or more' },
    ],
    ['a negative budget', (c) => (cost(c)['limit'] = -5), { path: "accounts['111122223333'].cost.limit", got: '-5' }],
    [
      'thresholds out of order',
      (c) => (cost(c)['thresholds'] = [100, 80]),
      { path: "accounts['111122223333'].cost.thresholds", got: '[100,80]', expected: 'must be percentages that rise' },
    ],
    [
      'a mark above the limit',
      (c) => (cost(c)['lowerMark'] = 200),
      { path: "accounts['111122223333'].cost.lowerMark", expected: 'must be below the limit of 150' },
    ],
    [
      'a bad e-mail address',
      (c) => (cost(c)['emails'] = ['nobody']),
      { path: "accounts['111122223333'].cost.emails[0]", got: 'nobody', expected: 'must be an e-mail address' },
    ],
    [
      'a budget as text',
      (c) => (cost(c)['limit'] = '150'),
      {
        path: "accounts['111122223333'].cost.limit",
        got: '150 (a string)',
        expected: 'must be a number of USD, 0.02 or more',
      },
    ],
    [
      'a budget without an end',
      (c) => (cost(c)['limit'] = Infinity),
      { path: "accounts['111122223333'].cost.limit", got: 'Infinity (a number)' },
    ],
    [
      'an address twice',
      (c) => (cost(c)['emails'] = ['a@example.com', 'b@example.com', 'A@example.com']),
      { path: "accounts['111122223333'].cost.emails", expected: 'must hold each address once' },
    ],
    ['nobody who reads the alerts', (c) => (cost(c)['emails'] = []), { path: "accounts['111122223333'].cost.emails" }],
    [
      'an account without cost',
      (c) => Reflect.deleteProperty(c.accounts['111122223333'] ?? {}, 'cost'),
      { path: "accounts['111122223333'].cost", got: 'nothing' },
    ],
    [
      'an account id that is none',
      (c) => (c.accounts['1234'] = c.accounts['111122223333'] as never),
      { path: "accounts['1234']", got: '1234', expected: 'must be an AWS account id: 12 digits, in quotes' },
    ],
    [
      'an account id that lost its quotes',
      (c) => ((stage(c) as { account: unknown })['account'] = 111122223333),
      { path: 'stages.dev.account', got: '111122223333 (a number)', fix: "Put it in quotes: '111122223333'" },
    ],
    [
      'an account id that lost its first digit with its quotes',
      (c) => (c.accounts['12345678901'] = c.accounts['111122223333'] as never),
      { path: "accounts['12345678901']", fix: expect.stringContaining("all 12 digits in quotes, such as '0123") },
    ],
    [
      'a Region with a typing error',
      (c) => (account(c)['region'] = 'eu-centrl-1'),
      { path: "accounts['111122223333'].region", got: 'eu-centrl-1', fix: 'Did you mean eu-central-1?' },
    ],
    [
      'a Region in capital letters',
      (c) => (account(c)['region'] = 'EU-CENTRAL-1'),
      { path: "accounts['111122223333'].region", fix: 'Did you mean eu-central-1?' },
    ],
    [
      'a Region that does not exist',
      (c) => (account(c)['region'] = 'xy-nowhere-9'),
      { path: "accounts['111122223333'].region", fix: expect.stringContaining('aws ec2 describe-regions') },
    ],
    [
      'an Availability Zone of another Region',
      (c) => (network(c)['availabilityZones'] = ['eu-central-1a', 'eu-west-1b']),
      {
        path: 'stages.dev.network.availabilityZones[1]',
        got: 'eu-west-1b',
        expected: 'must be in eu-central-1, the Region of account 111122223333',
      },
    ],
    [
      'a subnet of the function in another Region',
      (c) => (database(c)['functionSubnets'] = [{ ...functionSubnet, availabilityZone: 'us-east-1a' }]),
      { path: 'stages.dev.database.functionSubnets[0].availabilityZone', got: 'us-east-1a' },
    ],
    [
      'a database of another Region',
      (c) => (database(c)['host'] = 'application.cluster-c1a2b3c4d5e6.eu-west-1.rds.amazonaws.com'),
      { path: 'stages.dev.database.host', expected: 'must be in eu-central-1, the Region of account 111122223333' },
    ],
    [
      'a key of another Region',
      (c) => (database(c)['adminSecretKmsKeyArn'] = 'arn:aws:kms:us-east-1:111122223333:key/1234'),
      { path: 'stages.dev.database.adminSecretKmsKeyArn' },
    ],
    ['a tag value with a forbidden character', (c) => (c.tags.owner = 'R&D'), { path: 'tags.owner', got: 'R&D' }],
    [
      'a tag value that is too long',
      (c) => (c.tags.owner = 'x'.repeat(257)),
      { path: 'tags.owner', expected: expect.stringContaining('1 to 256') },
    ],
    [
      'a further tag whose key differs from one of the schema in case only',
      (c) => (c.tags.further = { project: 'x' }),
      { path: 'tags.further.project' },
    ],
    [
      'further tags whose keys differ in case only',
      (c) => (c.tags.further = { Team: 'x', team: 'y' }),
      { path: 'tags.further' },
    ],
    [
      'a further tag with a key of the schema',
      (c) => (c.tags.further = { Owner: 'x' }),
      { path: 'tags.further.Owner' },
    ],
    [
      'a reader endpoint',
      (c) => (database(c)['host'] = 'app.cluster-ro-c1.eu-central-1.rds.amazonaws.com'),
      { path: 'stages.dev.database.host', expected: 'must not be the reader endpoint, which takes no changes' },
    ],
    [
      'an RDS Proxy',
      (c) => (database(c)['host'] = 'app.proxy-c1.eu-central-1.rds.amazonaws.com'),
      { path: 'stages.dev.database.host', expected: expect.stringContaining('must not be an RDS Proxy') },
    ],
    [
      "a reader endpoint for Umami's connections",
      (c) => (database(c)['umamiHost'] = 'app.cluster-ro-c1.eu-central-1.rds.amazonaws.com'),
      { path: 'stages.dev.database.umamiHost', expected: 'must be a host name without a port, not a reader endpoint' },
    ],
    [
      'an option that was removed',
      (c) => (database(c)['closePublic'] = ['CONNECT on database postgres']),
      {
        path: 'stages.dev.database.closePublic',
        expected: 'must be left out',
        fix: 'It was removed: run the REVOKE statements that `npx umami-db verify` prints',
      },
    ],
    [
      'rows that are kept for no day',
      (c) => (database(c)['retentionDays'] = { events: 0 }),
      { path: 'stages.dev.database.retentionDays.events', expected: 'must be a whole number of days, 1 or more' },
    ],
    [
      'a retention of nothing',
      (c) => (database(c)['retentionDays'] = {}),
      { path: 'stages.dev.database.retentionDays', expected: 'must be the days of replays, events or sessions' },
    ],
    [
      'a share of connections that are not given',
      (c) => (database(c)['alarms'] = { connectionsPercent: 60 }),
      { path: 'stages.dev.database.alarms.connectionsPercent', expected: 'must be left out without maxConnections' },
    ],
    [
      'a share of CPU that is none',
      (c) => (database(c)['alarms'] = { cpuPercent: 101 }),
      { path: 'stages.dev.database.alarms.cpuPercent', got: '101' },
    ],
    [
      'a schedule that is no cron expression',
      (c) => Object.assign(cost(c), { region: 'us-east-1', explorerReportSchedule: 'rate(1 day)' }),
      {
        path: "accounts['111122223333'].cost.explorerReportSchedule",
        expected: 'must be a cron expression of six fields',
      },
    ],
    [
      'anomalies from 0 USD',
      (c) => (cost(c)['anomalies'] = { minimum: 0 }),
      { path: "accounts['111122223333'].cost.anomalies.minimum", expected: 'must be a number of USD above 0' },
    ],
    [
      'no time for a statement',
      (c) => (database(c)['statementSeconds'] = 0),
      { path: 'stages.dev.database.statementSeconds', expected: 'must be a whole number of seconds, at least 1' },
    ],
    [
      'somebody else as owner of the tables',
      (c) => (database(c)['tablesOwner'] = 'application'),
      { path: 'stages.dev.database.tablesOwner' },
    ],
    ['a host with a port', (c) => (database(c)['host'] = 'db.example.com:5432'), { path: 'stages.dev.database.host' }],
    [
      'a secret of another account',
      (c) => (database(c)['adminSecretArn'] = 'arn:aws:secretsmanager:eu-central-1:999999999999:secret:admin-a1B2c3'),
      {
        path: 'stages.dev.database.adminSecretArn',
        expected: 'must be a secret of account 111122223333 in eu-central-1, where the stage is',
      },
    ],
    [
      'a secret without its suffix',
      (c) => (database(c)['adminSecretArn'] = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:admin'),
      { path: 'stages.dev.database.adminSecretArn' },
    ],
    [
      'the schema of the application',
      (c) => (database(c)['schema'] = 'public'),
      { path: 'stages.dev.database.schema', got: 'public' },
    ],
    [
      'a schema whose ledger would have too long a name',
      (c) => (database(c)['schema'] = 'u'.repeat(53)),
      { path: 'stages.dev.database.schema' },
    ],
    [
      'a role name that needs quotes',
      (c) => (database(c)['databaseRole'] = 'Umami'),
      { path: 'stages.dev.database.databaseRole' },
    ],
    [
      'a database in another VPC than the one that the network is inside of',
      (c) => (database(c)['vpcId'] = 'vpc-0ffffffffffffffff'),
      {
        path: 'stages.dev.network.vpcId',
        got: 'vpc-0a1b2c3d4e5f60718',
        expected: 'must be the VPC of the database, vpc-0ffffffffffffffff',
        fix: expect.stringContaining("mode 'new' with peering"),
      },
    ],
    [
      'the same, with subnets for the function',
      (c) => Object.assign(database(c), { vpcId: 'vpc-0ffffffffffffffff', functionSubnets }),
      { path: 'stages.dev.network.vpcId', expected: 'must be the VPC of the database, vpc-0ffffffffffffffff' },
    ],
    [
      'existing subnets in another VPC and no subnets for the function',
      (c) => (stage(c)['network'] = { ...ELSEWHERE, databaseCidrBlocks: ['10.60.0.0/26'] }),
      { path: 'stages.dev.database.functionSubnets', got: 'nothing' },
    ],
    [
      'existing subnets in another VPC and no way to the database',
      (c) => {
        stage(c)['network'] = ELSEWHERE;
        database(c)['functionSubnets'] = functionSubnets;
      },
      {
        path: 'stages.dev.network.databaseCidrBlocks',
        got: 'nothing',
        fix: expect.stringContaining('a peering connection or a transit gateway of yours'),
      },
    ],
    [
      'existing subnets in another VPC that share addresses with the database',
      (c) => {
        stage(c)['network'] = { ...ELSEWHERE, databaseCidrBlocks: ['10.60.0.0/26', '10.40.0.0/16'] };
        database(c)['functionSubnets'] = functionSubnets;
      },
      { path: 'stages.dev.network.databaseCidrBlocks[1]', got: '10.40.0.0/16' },
    ],
    [
      'an owner of route tables that is none',
      (c) => {
        stage(c)['network'] = { ...ownNetwork, peering: { ...peering, routeTablesOwner: 'pulumi' } };
        database(c)['functionSubnets'] = functionSubnets;
      },
      { path: 'stages.dev.network.peering.routeTablesOwner', got: 'pulumi' },
    ],
    [
      'half a day of retention',
      (c) => (stage(c)['storage'] = { retentionDays: 0.5 }),
      { path: 'stages.dev.storage.retentionDays', got: '0.5' },
    ],
    [
      'a stage in an account that is not listed',
      (c) => ((stage(c) as { account: unknown })['account'] = '222233334444'),
      { path: 'stages.dev.account', expected: 'must be one of the accounts: 111122223333' },
    ],
    [
      'a stage name with a slash',
      (c) => {
        c.stages = { 'a/b': exampleStage() };
      },
      { path: "stages['a/b']", got: 'a/b' },
    ],
    ['no stage', (c) => (c.stages = {}), { path: 'stages', expected: 'must be at least one stage' }],
  ])('%s', (_, change, problem) => {
    expect(problemsAfter(change)).toEqual([expect.objectContaining(problem)]);
  });

  test.each(['clusterIdentifier', 'host', 'name', 'adminSecretArn', 'securityGroupId', 'vpcId', 'owner'])(
    'a database without %s',
    (key) => {
      const problems = problemsAfter((config) => Reflect.deleteProperty(database(config), key));
      expect(problems).toContainEqual(expect.objectContaining({ path: `stages.dev.database.${key}`, got: 'nothing' }));
    },
  );

  test('two stages with the same names on one cluster', () => {
    const problems = problemsAfter((config) => (config.stages['qa'] = exampleStage('10.40.251.0/24')));
    expect(problems.map(({ path, expected, fix }) => [path, expected, fix])).toEqual([
      [
        'stages.qa.database.schema',
        'must differ from that of stage dev, which is on the same cluster',
        'Choose another name, such as umami_qa',
      ],
      [
        'stages.qa.database.databaseRole',
        'must differ from that of stage dev, which is on the same cluster',
        'Choose another name, such as umami_user_qa',
      ],
    ]);
  });

  const PEERED = { ...ownNetwork, peering };

  test.each<[string, object, object, string]>([
    ['in one VPC', { block: '10.40.250.0/24' }, { block: '10.40.250.0/24' }, 'the block of stage dev'],
    ['peered with one VPC', PEERED, PEERED, 'the peered block of stage dev'],
    ['in one VPC, the other being of subnets that exist', existing, { block: '10.40.2.0/24' }, 'a subnet of stage dev'],
  ])('two stages with the same addresses %s', (_, ofDev, ofQa, whose) => {
    const problems = problemsAfter((config) => {
      const qa = exampleStage();
      Object.assign(qa.database, { schema: 'umami_qa', databaseRole: 'umami_qa', functionSubnets });
      Object.assign(database(config), { functionSubnets });
      config.stages['qa'] = qa;
      for (const [name, network] of Object.entries({ dev: ofDev, qa: ofQa })) {
        const changed = config.stages[name] as { network: unknown };
        changed.network = 'mode' in network ? network : { ...(changed.network as object), ...network };
      }
    });
    expect(problems).toEqual([
      expect.objectContaining({ path: 'stages.qa.network.block', expected: expect.stringContaining(whose) }),
    ]);
  });

  test('a new network that overlaps with the VPC it is peered with', () => {
    const problems = problemsAfter((config) => {
      const overlapping = { ...peering, vpcCidrBlocks: ['10.50.0.0/16', '10.40.0.0/16'] };
      stage(config)['network'] = { ...ownNetwork, block: '10.40.1.0/24', peering: overlapping };
      database(config)['functionSubnets'] = functionSubnets;
    });
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'stages.dev.network.block',
        expected: 'must not overlap with 10.40.0.0/16, which it is peered with',
      }),
    ]);
  });

  test.each([
    ['close to a known one', 'internetGatwayId', 'Did you mean internetGatewayId?'],
    ['close to none', 'colour', 'Remove it'],
  ])('an unknown key %s', (_, key, fix) => {
    const problems = problemsAfter((config) => (network(config)[key] = 'x'));
    expect(problems).toEqual([
      expect.objectContaining({ path: `stages.dev.network.${key}`, got: 'an unknown key', fix }),
    ]);
  });
});

test('an account id of a stage that is none is reported once', () => {
  const problems = problemsAfter((config) => {
    (stage(config) as { account: unknown })['account'] = '1111-2222-3333';
  });
  expect(problems.map(({ path, fix }) => [path, fix])).toEqual([
    ['stages.dev.account', 'Find it with: aws sts get-caller-identity'],
  ]);
});

test('everything that is wrong is in one list, with a place, a value, an expectation and a way to fix it', () => {
  const problems = problemsAfter((config) => {
    config.tags.owner = '';
    cost(config)['emails'] = ['nobody'];
    cost(config)['limt'] = 10;
    network(config)['block'] = '10.40.250.0/25';
    Reflect.deleteProperty(network(config), 'vpcId');
    Reflect.deleteProperty(database(config), 'host');
    database(config)['port'] = '5432';
    (stage(config) as { account: unknown })['account'] = '222233334444';
  });
  expect(problems.map(({ path }) => path).sort()).toEqual([
    "accounts['111122223333'].cost.emails[0]",
    "accounts['111122223333'].cost.limt",
    'stages.dev.account',
    'stages.dev.database.functionSubnets',
    'stages.dev.database.host',
    'stages.dev.database.port',
    'stages.dev.network.block',
    'stages.dev.network.vpcId',
    'tags.owner',
  ]);
  for (const problem of problems) expect(Object.values(problem).every((part) => part !== '')).toBe(true);
});

test('the message lists the errors for reading', () => {
  const config = exampleConfig();
  cost(config)['limit'] = 0;
  config.tags.owner = '';
  expect(() => checkFoundation(config, 'foundation.config.ts')).toThrow(
    [
      'foundation.config.ts has 2 errors:',
      '',
      '  tags.owner',
      '    got       ""',
      '    expected  must be a tag value: 1 to 256 of letters, digits, spaces and + - = . _ : / @',
      '    fix       Edit it in sst/observability/tags.ts',
      '',
      "  accounts['111122223333'].cost.limit",
      '    got       0',
      '    expected  must be a number of USD, 0.02 or more',
      '    fix       Give what may be spent in a month, such as 150',
    ].join('\n'),
  );
});
