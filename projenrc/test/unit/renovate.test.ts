import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../actions';
import { versions } from '../../versions';

const REPOSITORY = join(__dirname, '..', '..', '..');
const { customManagers, packageRules } = JSON.parse(readFileSync(join(REPOSITORY, '.github', 'renovate.json'), 'utf8'));

/** What Renovate finds by a manager: each expression is applied to what the one before it matched. */
function found(index: number, file: string): { readonly [group: string]: string }[] {
  const { matchStrings, managerFilePatterns } = customManagers[index];
  expect(new RegExp(managerFilePatterns[0].slice(1, -1)).test(file)).toBe(true);
  const matched = (texts: RegExpExecArray[], pattern: string) =>
    texts.flatMap(([text]) => [...text.matchAll(new RegExp(pattern, 'g'))]);
  const whole = /[\s\S]*/.exec(readFileSync(join(REPOSITORY, file), 'utf8')) as RegExpExecArray;
  return matchStrings.reduce(matched, [whole]).map(({ groups = {} }: RegExpExecArray) => groups);
}

test('finds every version but the ranges of peer dependencies, and every action', () => {
  const all = found(0, 'projenrc/versions.ts').map(({ depName, currentValue }) => [depName, currentValue]);
  expect(Object.fromEntries(all)).toEqual(versions);
  const actions = found(1, 'projenrc/actions.ts').map(({ depName, currentDigest }) => `${depName}@${currentDigest}`);
  expect(actions).toEqual(Object.values(ACTIONS));
});

test.each([
  ['AWS CDK', ['aws-cdk', 'aws-cdk-lib', 'constructs', '@aws-cdk/cloudformation-diff']],
  ['AWS SDK', Object.keys(versions).filter((name) => name.startsWith('@aws-sdk/'))],
  ['Umami', Object.keys(versions).filter((name) => name.startsWith('@prisma/'))],
])('%s moves together', (group, names) => {
  const groupsOf = (name: string) =>
    packageRules.flatMap(({ groupName, matchPackageNames }: { groupName: string; matchPackageNames: string[] }) =>
      matchPackageNames.some((pattern) =>
        pattern.startsWith('/') ? new RegExp(pattern.slice(1, -1)).test(name) : pattern === name,
      )
        ? [groupName]
        : [],
    );
  for (const name of names) expect([name, groupsOf(name)]).toEqual([name, [group]]);
});
