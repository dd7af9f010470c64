import { expect, test } from 'vitest';
import { withoutRelease } from '../../release/releasing-commits';

const commit = (message: string, ...files: string[]) => ({ message, files });
const SOURCE = 'packages/cost/src/cost-budget.ts';

test.each([
  ['a feature', [commit('feat(cost): a budget of a stage', SOURCE)], []],
  ['a fix without a scope', [commit('fix: the budget', SOURCE)], []],
  ['a breaking change of any type', [commit('refactor(cost)!: other names', SOURCE)], []],
  ['a breaking change by its footer', [commit('refactor: names\n\nBREAKING CHANGE: other names', SOURCE)], []],
  ['a refactoring that says that it is not released', [commit('refactor: names\n\nRelease: none', SOURCE)], []],
  ['a refactoring beside a fix', [commit('refactor: names', SOURCE), commit('fix: limit', SOURCE)], []],
  ['what is not shipped', [commit('docs: words', 'packages/cost/README.md', 'packages/cost/test/unit/a.test.ts')], []],
  ['another workspace', [commit('refactor: names', 'apps/foundation/src/index.ts', 'tools/local-aws/src/a.ts')], []],
  ['a refactoring alone', [commit('refactor(cost): names', SOURCE)], ['packages/cost']],
  ['a message without a type', [commit('Fix the budget', SOURCE)], ['packages/cost']],
  [
    'a feature of another package',
    [commit('feat: a', 'packages/access/src/a.ts'), commit('chore: b', SOURCE)],
    ['packages/cost'],
  ],
  ['files at the top of the SST package', [commit('chore: tags', 'sst/observability/tags.ts')], ['sst/observability']],
  [
    'code of a function and a command',
    [commit('perf: speed', 'packages/umami-db/runtime/sql/a.ts', 'packages/tagging/bin/a.js')],
    ['packages/tagging', 'packages/umami-db'],
  ],
])('%s', (_, commits, expected) => {
  expect(withoutRelease(commits)).toEqual(expected);
});
