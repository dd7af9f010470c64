import { describe, expect, test } from 'vitest';
import { assemblyOfConfig, exampleConfig, exampleStage } from './example';
import { assemblyOf, MODES, ofType, resourcesOf } from './modes';

/** What is no name of a resource: a metric that is watched, words for people, a policy inside of an IAM role. */
const NO_NAMES = ['MetricName', 'DisplayName', 'PolicyName'];

type Assembly = ReturnType<typeof assemblyOf>;

/** Names that a template fixes: type, name and stack. Everything else is named by CloudFormation. */
function fixedNames(assembly: Assembly): { type: string; name: string; stack: string }[] {
  return resourcesOf(assembly).flatMap(({ Type: type, Properties, stack }) =>
    Object.entries(Properties)
      .filter(([key]) => /Name$/.test(key) && !NO_NAMES.includes(key))
      .flatMap(([, name]) => (typeof name === 'string' ? { type, name, stack } : [])),
  );
}

describe('names cannot collide between stages or accounts', () => {
  test.each(MODES)('only parameters have one, each with its stage in it: %s', (_, change) => {
    const names = fixedNames(assemblyOf(change));
    expect(names.length).toBeGreaterThan(10);
    // CloudFormation gives these none; they exist once per account.
    const others = names.filter(({ stack }) => stack === 'UserMetrics-CostReports').map(({ type }) => type);
    expect(others).toEqual(expect.arrayContaining(['AWS::BCM::Dashboard', 'AWS::ResourceGroups::Group']));
    const onRequest = /^AWS::(BCM::ScheduledReport|CE::Anomaly(Monitor|Subscription))$/;
    expect(others.filter((type) => !onRequest.test(type)).length).toBe(2);
    const parameters = names.filter(({ type }) => !others.includes(type));
    expect(new Set(parameters.map(({ type }) => type))).toEqual(new Set(['AWS::SSM::Parameter']));
    for (const { name, stack } of parameters)
      expect(
        name.startsWith(stack.startsWith('UserMetrics-dev-') ? '/user-metrics/dev/' : '/user-metrics/account/'),
      ).toBe(true);
  });

  test('no fixed budget name hides in a property of a budget', () => {
    const assembly = assemblyOf((_, cost) => void Object.assign(cost, { stageLimits: { dev: 40 } }));
    const budgets = ofType(assembly, 'AWS::Budgets::Budget');
    expect(budgets).toHaveLength(2);
    expect(JSON.stringify(budgets)).not.toContain('BudgetName');
  });

  test('two stages of an account share nothing but the stacks of the account', () => {
    const config = exampleConfig();
    config.stages['prod'] = exampleStage('10.40.251.0/24', 'umami_prod');
    const [dev, prod] = ['dev', 'prod'].map((stage) => fixedNames(assemblyOfConfig(config, stage))) as [
      ReturnType<typeof fixedNames>,
      ReturnType<typeof fixedNames>,
    ];
    const shared = dev.filter(({ name }) => prod.some((other) => other.name === name));
    expect(new Set(shared.map(({ stack }) => stack))).toEqual(new Set(['UserMetrics-Cost', 'UserMetrics-CostReports']));
  });
});
