import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkFoundation, type Foundation } from '../../src';
import { unconfiguredIn } from '../../src/account/deployed-stages';
import { assemblyOfConfig, exampleConfig, exampleStage } from './example';

type Config = ReturnType<typeof exampleConfig>;
type Placed = Pick<CloudFormationStackArtifact, 'stackName' | 'template'> & { readonly region: string };

const elsewhere = (text: string) =>
  text.replaceAll('eu-central-1', 'us-west-2').replaceAll('vpc-0a1b2c3d4e5f60718', 'vpc-0123456789abcdef0');

/** The clusters and the blocks of both Regions have the same names and addresses. */
function twoRegions(): Config {
  const config = exampleConfig();
  config.stages['dev-us'] = { ...JSON.parse(elsewhere(JSON.stringify(exampleStage()))), region: 'us-west-2' };
  return config;
}

/** The second one has a VPC and a cluster of its own. */
function twoApplications(): Config {
  const config = exampleConfig();
  const blog = exampleStage();
  Object.assign(blog.network, { vpcId: 'vpc-0123456789abcdef0' });
  Object.assign(blog.database, { vpcId: 'vpc-0123456789abcdef0', clusterIdentifier: 'blog' });
  config.stages = { 'shop-dev': exampleStage(), 'blog-dev': blog };
  return config;
}

const foundationOf = (config: unknown): Foundation => checkFoundation(config, 'foundation.config.ts');

function stacksOf(config: Config): Placed[] {
  return Object.keys(config.stages).flatMap((stage) =>
    assemblyOfConfig(config, stage).stacks.map(({ stackName, template, environment }) => ({
      stackName,
      template,
      region: environment.region,
    })),
  );
}

/** Types whose names an account has once, in whatever Region. */
const GLOBAL = /^AWS::(BCM|Budgets|CE|CloudFront|CloudWatch::Dashboard|IAM|S3)\b/;
/** What is no name of a resource: a metric that is watched, words for people, a policy inside of an IAM role. */
const NO_NAMES = ['MetricName', 'DisplayName', 'PolicyName'];

/** Names that templates fix, whole or in part, and exports: of two stacks with the same one, a deployment fails or takes over. */
function collisions(stacks: readonly Placed[]): string[] {
  const owners = new Map<string, Set<string>>();
  const add = (name: string, { stackName, region }: Placed) => {
    owners.set(name, (owners.get(name) ?? new Set()).add(`${stackName} in ${region}`));
  };
  for (const stack of stacks) {
    const { region, template } = stack;
    for (const { Type, Properties = {} } of Object.values(template.Resources) as {
      Type: string;
      Properties?: object;
    }[])
      for (const [key, value] of Object.entries(Properties)) {
        const text = JSON.stringify(value);
        // A name that CloudFormation makes of an id of the stack is another one in each.
        if (
          !Type.startsWith('AWS::') ||
          !/Name$/.test(key) ||
          NO_NAMES.includes(key) ||
          /"(Ref|Fn::GetAtt)":/.test(text)
        )
          continue;
        add(`${Type} ${text} in ${GLOBAL.test(Type) ? 'the account' : region}`, stack);
      }
    for (const { Export } of Object.values(template.Outputs ?? {}) as { Export?: object }[])
      if (Export) add(`export ${JSON.stringify(Export)} in ${region}`, stack);
  }
  return [...owners].filter(([, { size }]) => size > 1).map(([name]) => name);
}

const withoutBudget = (config: Config): Config => {
  for (const { cost } of Object.values(config.accounts)) Object.assign(cost, { budget: false });
  return config;
};

describe.each([
  ['two Regions', twoRegions()],
  ['two Regions, without a budget', withoutBudget(twoRegions())],
  ['two applications', twoApplications()],
])('%s in one account', (_, config) => {
  let stacks: Placed[];
  beforeAll(() => {
    stacks = stacksOf(config);
  });

  test('have no physical name and no export in common', () => {
    expect(collisions(stacks)).toEqual([]);
  });

  test('have the stacks of the account once, the same whichever stage is deployed', () => {
    const templates = new Map<string, object>();
    for (const { stackName, region, template } of stacks) {
      const before = templates.get(`${stackName} ${region}`);
      if (before) expect(template, stackName).toEqual(before);
      templates.set(`${stackName} ${region}`, template);
    }
    const ofAccount = [...templates.keys()].filter((each) => /^UserMetrics-(Cost|CostReports|Alerts) /.test(each));
    expect(ofAccount.filter((each) => !each.startsWith('UserMetrics-Alerts'))).toHaveLength(
      config.accounts['111122223333']?.cost.budget === false ? 1 : 2,
    );
  });
});

test('a name or an export that two stacks have is found', () => {
  const [one] = stacksOf(exampleConfig()).filter(({ stackName }) => stackName.endsWith('-Network'));
  const other = { ...(one as Placed), stackName: 'UserMetrics-other-Network' };
  expect(collisions([one as Placed, other]).join('\n')).toMatch(
    /AWS::SSM::Parameter "\/user-metrics\/dev\/tags" in eu-/,
  );
  expect(collisions([one as Placed, other]).some((each) => each.startsWith('export '))).toBe(true);
  expect(collisions([one as Placed, { ...other, region: 'us-west-2' }])).toEqual([]);
});

test('the templates of a stage are the same with its Region, and with a stage in another one', () => {
  const stacks = (config: Config) =>
    assemblyOfConfig(config).stacks.map(({ stackName, template, environment }) => ({
      stackName,
      template,
      environment,
    }));
  const before = stacks(exampleConfig());
  const named = exampleConfig();
  Object.assign(named.stages['dev'] ?? {}, { region: 'eu-central-1' });
  expect(stacks(named)).toEqual(before);
  expect(stacks(twoRegions())).toEqual(before);
});

test('the stage in the other Region has the alerts of its alarms there, and the account its budget once', () => {
  const places = stacksOf(twoRegions()).map(({ stackName, region }) => `${stackName} ${region}`);
  expect(new Set(places.filter((each) => !/-(dev|dev-us)-/.test(each)))).toEqual(
    new Set(['UserMetrics-Cost eu-central-1', 'UserMetrics-CostReports eu-central-1', 'UserMetrics-Alerts us-west-2']),
  );
  expect(places).toContain('UserMetrics-dev-us-Network us-west-2');
});

test('what a stage names must be in its own Region', () => {
  const config = twoRegions();
  config.stages['dev-us'] = { ...exampleStage(), region: 'us-west-2' };
  expect(() => foundationOf(config)).toThrow(
    /stages\.dev-us\.network\.availabilityZones\[0\][\s\S]*must be in us-west-2, the Region of stage dev-us/,
  );
  config.stages['dev-us'] = { ...exampleStage('10.40.251.0/24'), region: 'europe' };
  expect(() => foundationOf(config)).toThrow(/stages\.dev-us\.region/);
});

test('a stage of the other Region is expected there, and nowhere else', async () => {
  const foundation = foundationOf(twoRegions());
  const StackSummaries = [{ StackName: 'UserMetrics-dev-us-Network', StackStatus: 'CREATE_COMPLETE' }];
  const client = Object.assign(new CloudFormationClient({}), { send: async () => ({ StackSummaries }) });
  const found = async (region: string) =>
    (await unconfiguredIn(foundation, { account: '111122223333', region }, client)).map(({ stage }) => stage);
  expect([await found('us-west-2'), await found('eu-central-1')]).toEqual([[], ['dev-us']]);
});
