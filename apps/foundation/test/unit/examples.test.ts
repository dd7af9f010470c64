import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { estimate, sumOf, tasksToRun } from '@user-metrics/cost/estimate';
import { CONTRACT, FOR_TASKS, parameterName } from '@user-metrics/sst/contract';
import { checkTemplateTags, type Template } from '@user-metrics/tagging';
import type { App } from 'aws-cdk-lib/core';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { assemblyOf } from './modes';

const REPOSITORY = join(__dirname, '..', '..', '..', '..');
const EXAMPLES = join(REPOSITORY, 'examples');
const examples = readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

/** What the examples on top of the foundation are given with `--context`. */
const CONTEXT: { readonly [example: string]: { readonly [name: string]: string } } = JSON.parse(
  readFileSync(join(EXAMPLES, 'context.json'), 'utf8'),
);
const onTop = Object.keys(CONTEXT);

/** Findings of AwsSolutions that are as they should be, and why. */
const ACKNOWLEDGED: { readonly [finding: string]: string } = {
  'AwsSolutions-ECS2 Umami-dev/Task/Resource':
    'None of these variables is secret; the secret ones come from the secret.',
  'AwsSolutions-ECS2 OpenReplayStorage-dev/Task/Resource': 'None of these variables is secret.',
  'AwsSolutions-ECS4 Umami-dev/Cluster/Resource':
    'Container Insights would cost more than the metrics of one task tell.',
  'AwsSolutions-ELB2 Umami-dev/LoadBalancer/Resource':
    'Umami keeps every visit; access logs would need a further bucket.',
  'AwsSolutions-CFR1 Umami-dev/Distribution/Resource': 'Visitors come from everywhere.',
  'AwsSolutions-CFR2 Umami-dev/Distribution/Resource': 'AWS WAF costs $5 a month and more; it can be attached later.',
  'AwsSolutions-CFR3 Umami-dev/Distribution/Resource': 'As with the load balancer.',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const synthesised = new Map<string, { readonly app?: App; readonly template: Template }>();

/** Runs an example once. */
async function synthesise(name: string): Promise<{ readonly app?: App; readonly template: Template }> {
  const before = synthesised.get(name);
  if (before) return before;
  const outdir = join(folder, name);
  vi.stubEnv('CDK_OUTDIR', outdir);
  vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify(CONTEXT[name] ?? {}));
  const { app } = (await import(join(EXAMPLES, name, 'app.ts'))) as { app?: App };
  vi.unstubAllEnvs();
  const [stack, ...more] = new CloudAssembly(outdir).stacks;
  if (!stack || more.length > 0) throw new Error(`${name} must have one stack.`);
  const found = { template: stack.template as Template, ...(app && { app }) };
  synthesised.set(name, found);
  return found;
}

interface Parameter {
  readonly Type: string;
  readonly Default?: string;
}

const ofType = ({ Resources = {} }: Template, type: string) =>
  Object.values(Resources).filter((resource) => resource.Type === type);

test('all examples compile', () => {
  const tsconfig = join(folder, 'tsconfig.json');
  const compilerOptions = { noEmit: true, declaration: false, typeRoots: [join(REPOSITORY, 'node_modules/@types')] };
  const include = [join(EXAMPLES, '**/*.ts')];
  writeFileSync(
    tsconfig,
    JSON.stringify({ extends: join(REPOSITORY, 'tsconfig.base.json'), compilerOptions, include }),
  );
  execFileSync(process.execPath, [
    join(REPOSITORY, 'node_modules/typescript/bin/tsc'),
    '-p',
    tsconfig,
    '--singleThreaded',
  ]);
}, 60_000);

describe.each(examples)('%s', (name) => {
  test('synthesises without context lookups', async () => {
    const { template } = await synthesise(name);
    expect(Object.keys(template.Resources ?? {}).length).toBeGreaterThan(1);
    expect(JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8')).missing ?? []).toEqual([]);
  }, 60_000);

  test('is in the list of examples, and its app has less than 150 lines', () => {
    expect(readFileSync(join(EXAMPLES, 'README.md'), 'utf8')).toMatch(new RegExp(`\\]\\(${name}(/app\\.ts)?\\)`));
    expect(readFileSync(join(EXAMPLES, name, 'app.ts'), 'utf8').split('\n').length).toBeLessThan(150);
  });
});

describe.each(onTop)('%s, on top of the foundation', (name) => {
  test('reads nothing but what the foundation publishes, and makes no right and no way in', async () => {
    const { template } = await synthesise(name);
    const { Parameters = {} } = template as { Parameters?: { readonly [id: string]: Parameter } };
    const names = Object.values(Parameters)
      .filter(({ Type }) => Type.startsWith('AWS::SSM::Parameter::Value<'))
      .map(({ Default }) => String(Default));
    const published = Object.keys(CONTRACT).map((each) => parameterName('dev', each as 'tags'));
    // How the CDK CLI knows the version of the bootstrap.
    expect(names.filter((each) => !published.includes(each) && !each.startsWith('/cdk-bootstrap/'))).toEqual([]);
    expect(names.length).toBeGreaterThan(4);
    expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
    const types = Object.values(template.Resources ?? {}).map(({ Type }) => Type);
    expect(types.filter((type) => /^AWS::(IAM|EC2)::/.test(type))).toEqual([]);
  });

  test('has every required tag', async () => {
    expect(checkTemplateTags((await synthesise(name)).template).violations).toEqual([]);
  });

  test('has no finding of AwsSolutions that is not acknowledged', async () => {
    const { app } = await synthesise(name);
    const { violations } = new AwsSolutionsChecks(app as App).validateScope(app as App);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    const stack = name === 'umami-on-fargate' ? ' Umami-dev/' : ' OpenReplayStorage-dev/';
    expect([...new Set(found)].sort()).toEqual(
      Object.keys(ACKNOWLEDGED)
        .filter((each) => each.includes(stack))
        .sort(),
    );
  });

  test('says what is missing, with the command that finds it', () => {
    const args = ['--import', 'tsx', join(EXAMPLES, name, 'app.ts')];
    const CDK_CONTEXT_JSON = JSON.stringify({ ...CONTEXT[name], imageDigest: 'latest', image: 'openreplay:latest' });
    const env = { ...process.env, CDK_CONTEXT_JSON, CDK_OUTDIR: join(folder, 'refused') };
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: REPOSITORY, env, encoding: 'utf8' });
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 2]);
    expect(stderr).toContain('docker buildx imagetools inspect');
  }, 60_000);
});

describe('umami-on-fargate', () => {
  const container = async () => {
    const { template } = await synthesise('umami-on-fargate');
    const [task] = ofType(template, 'AWS::ECS::TaskDefinition');
    const containers = task?.Properties?.['ContainerDefinitions'] as { readonly Name: string }[];
    return containers.find(({ Name }) => Name === 'Umami') as unknown as {
      readonly PortMappings: object;
      readonly Environment: object;
      readonly Secrets: { readonly Name: string; readonly ValueFrom: unknown }[];
    };
  };

  test('takes each secret value by its key, and verifies the certificate of the database', async () => {
    const { Secrets, Environment } = await container();
    const keys = ['DATABASE_URL', 'APP_SECRET', 'TWO_FACTOR_ENCRYPTION_KEY'];
    expect(Secrets.map(({ Name, ValueFrom }) => JSON.stringify(ValueFrom).includes(`:${Name}::`) && Name)).toEqual(
      keys,
    );
    expect(Environment).toContainEqual({ Name: 'NODE_EXTRA_CA_CERTS', Value: '/certificates/rds.pem' });
  });

  test('gives Umami the address of the visitor, which CloudFront alone sets', async () => {
    const { template } = await synthesise('umami-on-fargate');
    const [clientIp] = ofType(template, 'AWS::CloudFront::Function');
    const run = new Function(`${clientIp?.Properties?.['FunctionCode']}; return handler`)() as (
      event: object,
    ) => object;
    const request = { headers: { 'x-client-ip': { value: '192.0.2.1' } } };
    expect(run({ request, viewer: { ip: '198.51.100.7' } })).toEqual({
      headers: { 'x-client-ip': { value: '198.51.100.7' } },
    });
    expect((await container()).Environment).toContainEqual({ Name: 'CLIENT_IP_HEADER', Value: 'x-client-ip' });
  });

  test('listens where the foundation lets the load balancer in, and logs where its IAM role may', async () => {
    const foundation = assemblyOf(() => {}).stacks.map((stack) => stack.template as Template);
    const rules = foundation.flatMap((template) => ofType(template, 'AWS::EC2::SecurityGroupIngress'));
    const ports = rules
      .filter(({ Properties }) => Properties?.['Description'] === 'Umami')
      .map(({ Properties }) => Properties?.['FromPort']);
    expect(ports).toEqual([FOR_TASKS.umamiPort]);
    expect((await container()).PortMappings).toMatchObject([{ ContainerPort: FOR_TASKS.umamiPort }]);
    expect(JSON.stringify(foundation)).toContain(`:log-group:${FOR_TASKS.logGroupPrefix}*`);
    const [logs] = ofType((await synthesise('umami-on-fargate')).template, 'AWS::Logs::LogGroup');
    expect(logs?.Properties).toMatchObject({ LogGroupName: `${FOR_TASKS.logGroupPrefix}dev/umami` });
  });
});

test('both cost what `estimate` says of the tasks to run, and what their READMEs say', async () => {
  const stacks = await Promise.all(
    onTop.map(async (name) => ({ name, template: (await synthesise(name)).template as never })),
  );
  const { lines, unknown } = estimate(stacks, { region: 'us-east-1' });
  expect(unknown).toEqual([]);
  const shown = ({ price, quantity }: { readonly price: string; readonly quantity: number }) => `${price} ${quantity}`;
  const ofTasks = lines.filter(({ price }) => /^(fargate|alb|ipv4)\./.test(price));
  expect(ofTasks.map(shown).sort()).toEqual(tasksToRun().map(shown).sort());
  for (const name of onTop) {
    const usd = sumOf(lines.filter(({ stack }) => stack === name));
    expect(readFileSync(join(EXAMPLES, name, 'README.md'), 'utf8')).toContain(`about $${Math.round(usd)} a month`);
  }
});
