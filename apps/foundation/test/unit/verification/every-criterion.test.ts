import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEPLOYED_CRITERIA, VERIFIED_CRITERIA } from '../../../src/verification';
import { CRITERIA } from '../../../src/verification/criteria';
import { REQUIREMENT_TEXTS } from '../../../src/verification/requirement-texts';

test('each criterion is verified once, and is one of the four stories or of the alerts', () => {
  const ids = VERIFIED_CRITERIA.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const known = Object.values(CRITERIA).flatMap((story) => Object.keys(story));
  expect(ids.filter((id) => !known.includes(id))).toEqual(['work.inactive-budget-tags']);
});

test('each criterion has cases: a unit test passes it to testCriterion', async () => {
  const unit = join(__dirname, '..');
  const tests = readdirSync(unit, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const texts = tests.map((file) => readFileSync(join(unit, file), 'utf8')).join('\n');
  const tested = new Set([...texts.matchAll(/\btestCriterion\(\s*(\w+)/g)].map(([, name]) => name));
  const without = (await exportedCriteria()).filter(([name]) => !tested.has(name)).map(([name, id]) => `${id} ${name}`);
  expect(without).toEqual([]);
});

/** Name and id of each deployed criterion: one file each, in the folder of its story. */
async function exportedCriteria(): Promise<[string, string][]> {
  const root = join(__dirname, '..', '..', '..', 'src', 'verification');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /[/\\].*\.ts$/.test(file));
  const modules = await Promise.all(files.map((file): Promise<object> => import(join(root, file))));
  const found = modules
    .flatMap((module) => Object.entries(module))
    .filter(([, value]) => DEPLOYED_CRITERIA.includes(value))
    .map(([name, { id }]): [string, string] => [name, id]);
  expect(found.map(([, id]) => id).sort()).toEqual(DEPLOYED_CRITERIA.map(({ id }) => id).sort());
  return found;
}

test('each criterion has its requirement, word for word', () => {
  const ids = Object.values(CRITERIA).flatMap((story) => Object.keys(story));
  expect(Object.keys(REQUIREMENT_TEXTS)).toEqual(ids);
});
