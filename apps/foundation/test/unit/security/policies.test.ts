import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintPolicy, type Statement, TemplatePolicies, type TemplatePolicy } from '@user-metrics/policy-evaluation';
import { describe, expect, test } from 'vitest';
import { assemblyOf, MODES } from '../modes';

/**
 * Lambda assumes an IAM role for the functions that it was given to, which `iam:PassRole` decides; it names no source that
 * a condition could ask for before the function exists. These roles are what CDK makes for its functions.
 */
const WITHOUT_SOURCE = ['lambda.amazonaws.com'];

const DOCUMENT = join(__dirname, '..', '..', '..', '..', '..', 'docs', 'permissions.md');

/** Actions that the IAM roles of the stacks are allowed in any mode, and the policies of AWS that they have. */
const allowed = new Set<string>();
const managed = new Set<string>();

const listed = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

describe.each(MODES)('the policies of a stage: %s', (_, change) => {
  const templates = assemblyOf(change).stacks.map(({ template }) => template);
  const { all } = new TemplatePolicies(templates, {
    account: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
  });
  const statements = (kind: TemplatePolicy['kind']) =>
    all
      .filter((policy) => policy.kind === kind)
      .flatMap(({ place, document }) => listed(document.Statement).map((each) => ({ place, ...(each as Statement) })));

  for (const { Effect, Action } of statements('identity'))
    if (Effect === 'Allow') for (const action of listed(Action)) allowed.add(String(action));
  for (const [, name = ''] of JSON.stringify(templates).matchAll(/:iam::aws:policy\/([\w/-]+)/g)) managed.add(name);

  test('misspell no action, condition operator or condition key', async () => {
    const problems = await Promise.all(
      all.map(async ({ kind, place, document }) =>
        (await lintPolicy(kind, document)).map((each) => `${place}: ${each}`),
      ),
    );
    expect(problems.flat()).toEqual([]);
    expect(all.length).toBeGreaterThan(10);
  });

  test('let a service assume an IAM role for resources of this account only', () => {
    const open = statements('trust').filter(({ Principal, Condition = {} }) => {
      const { Service } = Principal as { Service?: string };
      const { StringEquals = {}, ArnLike = {} } = Condition;
      const closed =
        StringEquals['aws:SourceAccount'] === '111122223333' &&
        String(ArnLike['aws:SourceArn']).includes(':111122223333:');
      return !closed && !WITHOUT_SOURCE.includes(String(Service));
    });
    expect(open).toEqual([]);
    expect(statements('trust').length).toBeGreaterThan(5);
  });

  test('allow nothing on every resource without a condition', () => {
    const everywhere = statements('identity').filter(
      ({ Effect, Resource, Condition = {} }) =>
        Effect === 'Allow' && listed(Resource).includes('*') && Object.keys(Condition).length === 0,
    );
    expect(everywhere).toEqual([]);
  });

  test('allow no action by a pattern of the whole service', () => {
    const actions = statements('identity').flatMap(({ Action }) => listed(Action));
    expect(actions.filter((action) => /^[a-z0-9]+:\*$|^\*$/.test(String(action)))).toEqual([]);
  });
});

/** `npx vitest --update` writes it. */
test('docs/permissions.md lists what a permissions boundary has to allow', async () => {
  const services = [...new Set([...allowed].map((action) => action.split(':')[0] ?? ''))].sort();
  const rows = services.map((service) => {
    const names = [...allowed]
      .filter((action) => action.startsWith(`${service}:`))
      .map((action) => action.split(':')[1]);
    return `| ${service} | ${names.sort().join(', ')} |`;
  });
  const policies = [...managed].sort().map((name) => `\`${name}\``);
  const text = ['| service | actions |', '|---|---|', ...rows, '', `Policies of AWS: ${policies.join(', ')}.`].join(
    '\n',
  );
  const roles = `<!-- roles -->\n${text}\n<!-- /roles -->`;
  const document = readFileSync(DOCUMENT, 'utf8').replace(/<!-- roles -->[\s\S]*<!-- \/roles -->/, () => roles);
  expect(document).toContain(roles);
  await expect(document).toMatchFileSnapshot(DOCUMENT);
});
