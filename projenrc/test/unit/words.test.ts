import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { forbiddenTerms } from '../../words/check';

const FOLDER = mkdtempSync(join(tmpdir(), 'words-'));
execFileSync('git', ['init', '--quiet'], { cwd: FOLDER });
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

test('a term that must not come back is told with its place and what to write instead', () => {
  writeFileSync(join(FOLDER, 'README.md'), 'The command sends a test alert.\n');
  expect(forbiddenTerms(FOLDER)).toEqual([]);

  writeFileSync(join(FOLDER, 'README.md'), 'It is sent once.\nThe Drill goes to everyone.\n');
  expect(forbiddenTerms(FOLDER)).toEqual(['README.md:2:The Drill goes to everyone.\n    write instead: test alert']);
});
