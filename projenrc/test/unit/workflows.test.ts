import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const FOLDER = join(__dirname, '..', '..', '..', '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const);

test('there is one workflow for pull requests and one for main', () => {
  expect(workflows.map(([file]) => file)).toEqual(['main.yml', 'pull-request.yml']);
});

describe.each(workflows)('%s', (_, text) => {
  test('names every action by its commit', () => {
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  test('may only read the repository, and keeps no credentials', () => {
    const jobs = text.match(/^ {4}permissions:$/gm) ?? [];
    const rights = [...text.matchAll(/permissions:\n((?: {6}.*\n)+)/g)].map(([, block]) => block?.trim());
    expect(rights).toEqual(['contents: read', 'contents: read']);
    expect(jobs).toHaveLength(rights.length);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(rights.length);
    expect(text).not.toMatch(/secrets\.|id-token|GITHUB_TOKEN/);
  });

  test('runs on Node.js 20, 22 and 24, and SST on the one that it asks for', () => {
    expect([...text.matchAll(/^ {10}- "(\d+)/gm)].map(([, major]) => major)).toEqual(['20', '22', '24', '22']);
  });
});

test('pull requests run what they affect, main runs everything', () => {
  const [main, pullRequest] = workflows.map(([, text]) => text);
  expect(pullRequest).toContain(
    'nx affected --base="$BASE" -t compile bundle lint typecheck test readme integration endurance account tarball synth',
  );
  expect(main).toContain('run: .ci/run');
  expect(main).not.toContain('affected');
  expect(main).toContain('nx run @user-metrics/sst:verify-sst');
  expect(pullRequest).toContain('nx affected --base="$BASE" -t verify-sst');
});
