import { join } from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { type App, Tags } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { checkTemplateTags } from '../../src';
import { tags, wholeApp } from '../whole-app';

/** Taggable and untagged resources as AWS's own rule classifies them, which knows the property `Tags` alone. */
function untaggedByRule(app: App): string[] {
  const engine = new CelEngine();
  try {
    const template = new TemplateFile(join(app.synth().directory, 'Stack.template.json'));
    const { diagnostics } = engine.validateStandard(template, {
      include: { ids: ['I9040'] },
      severityLevel: 'DEBUG',
    });
    return diagnostics.map(({ entity }) => String(entity?.logicalId)).sort();
  } finally {
    engine.free();
  }
}

/** The same in ours. */
function untagged(app: App): string[] {
  const { violations } = checkTemplateTags(app.synth().getStackByName('Stack').template);
  return violations.filter(({ problem }) => problem.key === 'Project').map(({ logicalId }) => logicalId);
}

test("AWS's own rule finds nothing untagged", () => {
  const app = wholeApp();
  expect(untagged(app)).toEqual([]);
  expect(untaggedByRule(app)).toEqual([]);
});

test('both rules find the same resources with `Tags.of(app)` alone', () => {
  const app = wholeApp((root) => {
    for (const [key, value] of Object.entries(tags)) Tags.of(root).add(key, value);
  });
  const found = untaggedByRule(app);
  expect(found.length).toBeGreaterThan(0);
  expect(untagged(app).sort()).toEqual(found);
});
