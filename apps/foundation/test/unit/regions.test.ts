import { createRequire } from 'node:module';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FoundationConfig } from '../../src';
import { BUDGET_REGIONS, REGIONS_WITHOUT_REPORT, SCHEDULED_REPORT_REGIONS } from '../../src/config/cost-region';
import { assemblyOfConfig, exampleConfig, problemsOf } from './example';
import { assemblyOf, configOf, modeOf, resourcesOf } from './modes';

const NETWORK_MODES = ['inside, as it comes', 'new and peered', 'existing'].map(modeOf);

type Engine = { validate(template: unknown, region: string): { message: string }[] };

/** What aws-cdk-lib itself knows of types and Regions, without a whole validation for each of the apps. */
function typeIsMissing(): (type: string, region: string) => boolean {
  const load = createRequire(require.resolve('aws-cdk-lib/package.json'));
  const { SchemaValidator, TemplateContent } = load('@aws/cloudformation-validate');
  const engine: Engine = new SchemaValidator();
  const known = new Map<string, boolean>();
  return (Type, region) => {
    const key = `${Type} ${region}`;
    const template = new TemplateContent(JSON.stringify({ Resources: { It: { Type } } }));
    const ask = () =>
      engine.validate(template, region).some(({ message }) => message.includes(`does not exist in '${region}'`));
    if (!known.has(key)) known.set(key, ask());
    return known.get(key) as boolean;
  };
}

const isMissing = typeIsMissing();

const isTestAll = process.env['USER_METRICS_TEST_ALL'] === 'true';

/** One Region of each partition, with and without budgets. */
const ONE_OF_EACH_KIND = RegionInfo.regions.filter(
  (region, index, all) => all.findIndex((other) => kindOf(other) === kindOf(region)) === index,
);

function kindOf({ name, partition }: RegionInfo): string {
  return `${partition} ${(BUDGET_REGIONS as readonly string[]).includes(name)}`;
}

/** The example, in another Region and its partition. */
function inRegion(config: FoundationConfig, { name, partition, domainSuffix }: RegionInfo): FoundationConfig {
  const text = JSON.stringify(config)
    .replaceAll('eu-central-1.rds.amazonaws.com', `eu-central-1.rds.${domainSuffix}`)
    .replaceAll('eu-central-1', name)
    .replaceAll('arn:aws:', `arn:${partition}:`);
  return JSON.parse(text);
}

function setCost(config: FoundationConfig, cost: object): FoundationConfig {
  const copy = structuredClone(config);
  Object.assign(Object.values(copy.accounts)[0]?.cost ?? {}, cost);
  return copy;
}

/** The types of each stack in every network mode: they are the same in every Region. */
const types = new Map<string, Set<string>>();
beforeAll(() => {
  for (const { stack, Type } of NETWORK_MODES.flatMap((mode) => resourcesOf(assemblyOf(mode))))
    types.set(stack, (types.get(stack) ?? new Set()).add(Type));
});

const REGIONS = isTestAll ? RegionInfo.regions : ONE_OF_EACH_KIND;

describe.each(REGIONS.map((region) => [region.name, region] as const))('%s', (name, region) => {
  // By default in one Region, whose domain is another one than that of the example.
  const isEveryMode = isTestAll ? ONE_OF_EACH_KIND.includes(region) : name === 'cn-north-1';
  const modes = isEveryMode ? NETWORK_MODES : NETWORK_MODES.slice(0, 1);

  test('synthesises, of types that exist where the stacks are', () => {
    for (const mode of modes) {
      let config = inRegion(configOf(mode), region);
      if (region.partition !== 'aws') {
        expect(problemsOf(config).map(({ path, fix }) => [path, fix])).toEqual([
          ["accounts['111122223333'].cost", expect.stringContaining('budget: false, reports: false')],
        ]);
        config = setCost(config, { budget: false, reports: false });
      }
      const { stacks } = assemblyOfConfig(config);
      const missing = stacks.flatMap(({ stackName, environment, template }) => {
        const resources: { Type: string }[] = Object.values(template.Resources);
        const all = new Set([...resources.map(({ Type }) => Type), ...(types.get(stackName) ?? [])]);
        return [...all].filter((type) => isMissing(type, environment.region)).map((type) => `${stackName}: ${type}`);
      });
      expect(missing).toEqual([]);
      const regionOf = (stack: string) => stacks.find(({ stackName }) => stackName === stack)?.environment.region;
      expect(stacks.filter(({ stackName }) => stackName.startsWith('UserMetrics-dev-')).length).toBe(4);
      expect(regionOf('UserMetrics-dev-Storage')).toBe(name);
    }
  }, 60_000);
});

test('the tables of Regions with budgets and without reports say what aws-cdk-lib says', () => {
  const commercial = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);
  // The data of aws-cdk-lib has nothing of this Region yet, so that every type seems to exist there.
  const newer = ['me-west-1'];
  const withBudgets = commercial.filter((name) => !isMissing('AWS::Budgets::Budget', name) && !newer.includes(name));
  expect(withBudgets).toEqual(BUDGET_REGIONS);
  expect(commercial.filter((name) => isMissing('AWS::BCM::Dashboard', name))).toEqual(REGIONS_WITHOUT_REPORT);
  const withSchedules = commercial.filter((name) => !isMissing('AWS::BCM::ScheduledReport', name));
  expect(withSchedules.filter((name) => !newer.includes(name))).toEqual(SCHEDULED_REPORT_REGIONS);
});

const NORTH = RegionInfo.get('eu-north-1');

/** Region of each of the account's stacks, and the stack whose topic the alarm of the storage stack publishes to. */
function accountStacks(config: FoundationConfig) {
  const { stacks } = assemblyOfConfig(config);
  const storage = stacks.find(({ stackName }) => stackName === 'UserMetrics-dev-Storage');
  const [, tells] = /"AlarmActions":\[\{"Fn::ImportValue":"([^:]+):/.exec(JSON.stringify(storage?.template)) ?? [];
  const ofAccount = stacks.filter(({ stackName }) => !stackName.startsWith('UserMetrics-dev-'));
  return {
    ...Object.fromEntries(ofAccount.map(({ stackName, environment }) => [stackName, environment.region])),
    tells,
  };
}

describe('the cost stacks of an account', () => {
  const config = (region: RegionInfo, cost = {}) => setCost(inRegion(exampleConfig(), region), cost);

  test('are in its Region, and the alarms of stages use their topic, where budgets exist', () => {
    expect(accountStacks(config(RegionInfo.get('eu-west-1')))).toEqual({
      'UserMetrics-Cost': 'eu-west-1',
      'UserMetrics-CostReports': 'eu-west-1',
      tells: 'UserMetrics-Cost',
    });
  });

  test.each([
    ['us-east-1 where they do not', {}, 'us-east-1'],
    ['the Region that the configuration names', { region: 'eu-west-3' }, 'eu-west-3'],
  ])('are in %s, and the alarms of stages have a topic in theirs', (_, cost, region) => {
    expect(accountStacks(config(NORTH, { ...cost, encryptAlerts: true, stageLimits: { dev: 40 } }))).toEqual({
      'UserMetrics-Cost': region,
      'UserMetrics-CostReports': region,
      'UserMetrics-Alerts': 'eu-north-1',
      tells: 'UserMetrics-Alerts',
    });
  });

  test('leave the topic alone when there is no budget', () => {
    expect(accountStacks(config(NORTH, { budget: false, reports: false }))).toEqual({
      'UserMetrics-Alerts': 'eu-north-1',
      tells: 'UserMetrics-Alerts',
    });
  });

  test.each([
    ['a Region without budgets', { region: 'eu-south-1' }, 'cost.region'],
    ['a Region of another partition', { region: 'cn-north-1' }, 'cost.region'],
    ['no Region', { region: 'Ireland' }, 'cost.region'],
    ['budgets of stages in spite of budget: false', { budget: false, stageLimits: { dev: 40 } }, 'cost.stageLimits'],
    [
      'a schedule where there is none',
      { region: 'us-east-2', explorerReportSchedule: 'cron(0 7 2 * ? *)' },
      'cost.explorerReportSchedule',
    ],
    [
      'a schedule without its dashboard',
      { explorerReport: false, explorerReportSchedule: 'cron(0 7 2 * ? *)' },
      'cost.explorerReportSchedule',
    ],
    ['anomalies without a topic', { budget: false, anomalies: {} }, 'cost.anomalies'],
    ['a report where it does not exist', { region: 'me-central-1', budget: false }, 'cost.explorerReport'],
  ])('fail for %s', (_, cost, path) => {
    expect(problemsOf(config(NORTH, cost)).map((problem) => problem.path)).toEqual([
      `accounts['111122223333'].${path}`,
    ]);
  });
});
