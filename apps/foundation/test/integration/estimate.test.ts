import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startAccount } from './aws-endpoint';
import { signedIn, userMetrics } from './command-line';
import { configFile } from './config-file';

const estimate = (config: string, ...options: string[]) => userMetrics(['estimate', '--config', config, ...options]);

describe('estimate', () => {
  test('prints lines with unit, quantity, price and reason, the total, and what is outside the tag', async () => {
    const { code, out } = await estimate(configFile());
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Account 111122223333, stage dev: USD a month before deployment\nPrices of us-east-1, on demand, read on 20/,
    );
    expect(out).toMatch(/SecretsManager::Secret +secret +1 secret × 0\.4 +0\.40 +all the time\n/);
    expect(out).toMatch(/\nTotal \$\d+\.\d\d of \$150 a month: below \$100\n/);
    expect(out).toContain('Outside the tag: what AWS bills and the budget does not see');
    expect(out).toContain(
      '\nA budget over tags counts $0, whatever is spent, until its tag keys are active cost allocation tags.\n',
    );
    expect(out).not.toContain('Not priced');
  });

  test('leaves the validation of the templates, which takes seconds, to synth', async () => {
    const config = configFile();
    expect((await userMetrics(['estimate', '--config', config], { CDK_VALIDATION: 'true' })).code).toBe(0);
    const report = readFileSync(join(dirname(config), 'cdk.out', 'dev', 'validation-report.json'), 'utf8');
    expect(JSON.parse(report).pluginReports).toEqual([]);
  });

  test('prices all stages of the account that a stage is in, its own stacks once', async () => {
    const two = configFile((text) =>
      text.replace(
        /stages: \{\n( {4}dev: \{[\s\S]*\n {4}\},)\n {2}\},/,
        (_, dev: string) =>
          `stages: {\n${dev}\n${dev.replace('dev:', 'prod:').replace('10.40.250.0', '10.40.251.0').replace("owner: 'none',", "owner: 'none', schema: 'umami_prod', databaseRole: 'umami_prod',")}\n},`,
      ),
    );
    const { code, out } = await estimate(two, '--stage', 'prod', '--json');
    expect(code).toBe(0);
    const { accounts } = JSON.parse(out);
    expect(accounts).toMatchObject([
      { account: '111122223333', stages: ['dev', 'prod'], limit: 150, isOverLimit: false },
    ]);
    const lines: { stack: string; type: string }[] = accounts[0].lines;
    const topics = lines.filter(({ type }) => type === 'AWS::SNS::Topic').map(({ stack }) => stack);
    const secrets = lines.filter(({ type }) => type === 'AWS::SecretsManager::Secret').map(({ stack }) => stack);
    expect(topics).toEqual(['UserMetrics-Cost']);
    expect(new Set(secrets)).toEqual(new Set(['UserMetrics-dev-Database', 'UserMetrics-prod-Database']));
  });

  test.each([
    ['with credentials of the account', '111122223333', true],
    ['not with those of another account', '999999999999', false],
  ])('names stages that are deployed and not in the configuration, %s', async (_, account, isNamed) => {
    const { url, close } = await startAccount({ account, isBootstrapped: true, stacks: ['UserMetrics-old-Network'] });
    const { code, error } = await userMetrics(['estimate', '--config', configFile()], signedIn(url));
    await close();
    expect(code).toBe(0);
    expect(error.includes('Stage old has 1 stack in account 111122223333')).toBe(isNamed);
  });

  test('fails over the limit', async () => {
    const { code, out, error } = await estimate(configFile((text) => text.replace('cost: {', 'cost: { limit: 2,')));
    expect(code).toBe(1);
    expect(out).toMatch(/of \$2 a month: over the limit/);
    expect(error).toMatch(/Account 111122223333 would cost \$\d+\.\d\d a month, and its limit is \$2\./);
  });

  test('follows the number of sessions', async () => {
    const totalOf = async (sessions: string) =>
      JSON.parse((await estimate(configFile(), '--json', '--sessions', sessions)).out).accounts[0].total;
    expect(await totalOf('1000000')).toBeGreaterThan((await totalOf('0')) + 90);
  });

  test('has prices of other Regions, and names those of us-east-1 among them', async () => {
    const { code, out } = await estimate(configFile((text) => text.replaceAll('us-east-1', 'ap-southeast-2')));
    expect(code).toBe(0);
    expect(out).toMatch(/Prices of ap-southeast-2, on demand, read on 20\d\d-\d\d-\d\d\n/);
    expect(out).toMatch(/Those of us-east-1 are taken for [^:]*s3\.put/);
  });

  test('fails for a Region without prices before it synthesises, and marks its prices when they are asked for', async () => {
    const elsewhere = configFile((text) => text.replaceAll('us-east-1', 'eu-west-3'));
    const refused = await estimate(elsewhere);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain(
      'Account 111122223333 has stacks in eu-west-3, and prices are known of us-east-1, us-west-2',
    );
    expect(refused.error).not.toContain('Synthesising');
    const { code, out } = await estimate(elsewhere, '--other-region');
    expect(code).toBe(0);
    expect(out).toContain('NOT those of eu-west-3, where AWS may be more expensive');
  });

  test.each(['-1', '1.5', 'many'])('fails for %s sessions', async (sessions) => {
    const { code, error } = await estimate(configFile(), '--sessions', sessions);
    expect(code).toBe(2);
    expect(error).toContain('Give a whole number, 0 or more.');
  });
});
