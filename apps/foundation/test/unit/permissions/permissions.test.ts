import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, lintPolicy } from '@user-metrics/policy-evaluation';
import { describe, expect, test } from 'vitest';
import { assemblyOfConfig, exampleConfig, exampleStage } from '../example';
import { resourcesOf } from '../modes';
import { actionsOf } from './calls-in-source';
import { ADMIN_SECRET, allows, DEPLOY, type Policy, readOnly, table } from './policies';

const REPOSITORY = join(__dirname, '..', '..', '..', '..', '..');
const DOCUMENT = join(REPOSITORY, 'docs', 'permissions.md');
const NAMES = [
  'init',
  'preflight',
  'diff',
  'deploy',
  'verify',
  'snapshot',
  'baseline',
  'estimate',
  'alert-test',
  'cost-review',
  'destroy',
];

const SOURCE = join(REPOSITORY, 'apps', 'foundation', 'src', 'commands');

const commands: { readonly [command: string]: readonly string[] } = {
  ...Object.fromEntries(NAMES.map((name) => [name, actionsOf(join(SOURCE, `${name}.ts`))])),
  'tag-compliance': actionsOf(join(REPOSITORY, 'packages', 'tagging', 'runtime', 'live', 'index.ts')),
};
const actions = [...new Set(Object.values(commands).flat())].sort();
const POLICIES: { readonly [name: string]: Policy } = {
  'read-only': readOnly(actions),
  deploy: DEPLOY,
  'admin-secret': ADMIN_SECRET,
};

/** `npx vitest --update` writes the files. */
test.each(Object.entries(POLICIES))('policies/%s.json allows what the commands call', async (name, policy) => {
  const text = `${JSON.stringify(policy, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(__dirname, '..', '..', '..', 'policies', `${name}.json`));
  expect(await lintPolicy('identity', policy)).toEqual([]);
});

test('docs/permissions.md has the calls of each command', async () => {
  const calls = `<!-- calls -->\n${table(commands)}\n<!-- /calls -->`;
  const document = readFileSync(DOCUMENT, 'utf8').replace(/<!-- calls -->[\s\S]*<!-- \/calls -->/, () => calls);
  await expect(document).toMatchFileSnapshot(DOCUMENT);
});

test.each(Object.entries(commands))('everything that %s calls is allowed by a policy', (_, calls) => {
  expect(calls.length).toBeGreaterThan(1);
  expect(calls.filter((action) => !allows(Object.values(POLICIES), action))).toEqual([]);
});

test('no command has the calls of what it does not import by name', () => {
  expect(commands['cost-review']).not.toContain('lambda:InvokeFunction');
  expect(commands['preflight']).not.toContain('sns:Publish');
  expect(commands['baseline']).toEqual([
    'cloudwatch:GetMetricData',
    'lambda:InvokeFunction',
    'rds:DescribeDBClusters',
    'rds:DescribeDBInstances',
    'ssm:GetParameter',
    'ssm:GetParametersByPath',
    'sts:GetCallerIdentity',
  ]);
});

/** The command of the document, for each partition beside `aws`. */
test.each(['aws-cn', 'aws-us-gov'])(
  'the policies are valid in %s after the command of docs/permissions.md',
  async (partition) => {
    const [, expression = ''] = /^ +sed '([^']+)' /m.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
    for (const [name, policy] of Object.entries(POLICIES)) {
      const input = `${JSON.stringify(policy, null, 2)}\n`;
      const text = execFileSync('sed', [expression.replace('aws-cn', partition)], { input, encoding: 'utf8' });
      expect(
        text.match(/arn:[\w-]+/g)?.filter((start) => start !== `arn:${partition}`),
        name,
      ).toEqual([]);
      expect(await lintPolicy('identity', JSON.parse(text))).toEqual([]);
    }
    expect(expression).toContain('aws-cn');
  },
);

describe('the policy of the reading commands', () => {
  const decide = (action: string, resource: string) =>
    evaluate({
      identityPolicies: [readOnly(actions)],
      request: { principal: 'arn:aws:iam::111122223333:role/Auditor', action, resource },
    });
  const arn = (rest: string) => `arn:aws:${rest}`;

  test.each([
    ['allowed', 'ec2:DescribeVpcs', '*'],
    ['allowed', 'ssm:GetParameter', arn('ssm:us-east-1:111122223333:parameter/user-metrics/dev/tags')],
    ['allowed', 'ssm:GetParametersByPath', arn('ssm:us-east-1:111122223333:parameter/cdk-bootstrap')],
    ['implicitDeny', 'ssm:GetParameter', arn('ssm:us-east-1:111122223333:parameter/shop/key')],
    ['implicitDeny', 'lambda:InvokeFunction', arn('lambda:us-east-1:111122223333:function:shop')],
    ['implicitDeny', 'secretsmanager:GetSecretValue', arn('secretsmanager:us-east-1:111122223333:secret:shop-a1B2c3')],
    ['implicitDeny', 'sns:Publish', arn('sns:us-east-1:111122223333:UserMetrics-Cost-Alerts')],
    ['implicitDeny', 's3:GetObject', arn('s3:::shop/key')],
  ])('%s: %s on %s', async (decision, action, resource) => {
    expect(await decide(action, resource)).toBe(decision);
  });

  /** How CloudFormation shortens what would be longer than 64 characters with its 13 of a suffix. */
  const functionName = (stack: string, id: string) => {
    const fits = `${stack}-${id}`.length <= 51;
    return `${fits ? `${stack}-${id}` : `${stack.slice(0, 25)}-${id.slice(0, 25)}`}-1GRP3N0TVA1LD`.slice(0, 64);
  };

  test.each(['dev', 'staging', 'production-europe'])(
    'allows the function that reads the database of stage %s, and no function that changes anything',
    async (name) => {
      const config = exampleConfig();
      config.stages = { [name]: exampleStage() };
      const functions = resourcesOf(assemblyOfConfig(config, name)).filter(
        ({ Type }) => Type === 'AWS::Lambda::Function',
      );
      const decisions = functions.map(async ({ stack, id }) => {
        const called = arn(`lambda:us-east-1:111122223333:function:${functionName(stack, id)}`);
        return [id, await decide('lambda:InvokeFunction', called)] as const;
      });
      const allowed = (await Promise.all(decisions)).filter(([, decision]) => decision === 'allowed');
      expect(functions.length).toBeGreaterThan(3);
      expect(allowed.map(([id]) => id)).toEqual([expect.stringMatching(/^UmamiDatabaseVerificationFunction/)]);
    },
  );

  test('has no action that changes something', () => {
    const changing = readOnly(actions)
      .Statement.flatMap(({ Action }) => Action)
      .filter((action) => !/:(Describe|Get|List|Filter|View|Simulate)|^lambda:InvokeFunction$/.test(action));
    expect(changing).toEqual([]);
  });
});
