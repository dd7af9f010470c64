import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { appOf, MODES } from '../modes';
import { ACKNOWLEDGED, type Resource } from './acknowledged';

interface Finding {
  readonly mode: string;
  readonly rule: string;
  /** Path of the resource, without the stage. */
  readonly path: string;
  readonly resource: Resource;
  readonly template: { readonly [logicalId: string]: Resource };
}

function findingsOf([mode, change]: (typeof MODES)[number]): Finding[] {
  const app = appOf(change);
  const assembly = app.synth();
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName: rule, violatingResources }) =>
    violatingResources.map(({ constructPath }) => {
      const found = app.node.findAll().find(({ node }) => node.path === constructPath);
      if (!CfnResource.isCfnResource(found)) throw new Error(`no resource at ${constructPath}`);
      const { stackName } = Stack.of(found);
      const template = assembly.getStackByName(stackName).template.Resources;
      const logicalId = Token.isUnresolved(found.logicalId)
        ? Stack.of(found).resolve(found.logicalId)
        : found.logicalId;
      const path = String(constructPath).replace(/^UserMetrics-(dev-)?/, '');
      return { mode, rule, path, resource: template[logicalId], template };
    }),
  );
}

let findings: Finding[];
beforeAll(() => {
  findings = MODES.flatMap(findingsOf);
}, 60_000);

const acknowledging = ({ rule, path }: Finding) =>
  ACKNOWLEDGED.filter((each) => each.rule.test(rule) && each.path.test(path));
const named = ({ mode, rule, path }: Finding) => `${rule} at ${path} (${mode})`;

test('AwsSolutions finds nothing that is not acknowledged, in any mode', () => {
  expect(findings.filter((finding) => acknowledging(finding).length !== 1).map(named)).toEqual([]);
});

describe.each(ACKNOWLEDGED.map((each) => [`${each.rule.source} at ${each.path.source}`, each] as const))(
  '%s',
  (_, each) => {
    test('is still found: what is not is no longer acknowledged', () => {
      expect(findings.filter((finding) => acknowledging(finding).includes(each))).not.toEqual([]);
    });

    test('has a reason that holds wherever it is found', () => {
      expect(each.reason).toMatch(/^[A-Z].{30,}\.$/);
      const mine = findings.filter((finding) => acknowledging(finding).includes(each));
      expect(mine.filter(({ resource, template }) => !each.holds(resource, template)).map(named)).toEqual([]);
    });

    test('has a reason that can cease to hold', () => {
      expect(each.holds({ Type: 'AWS::Any::Type', Properties: {} }, {})).toBe(false);
    });
  },
);
