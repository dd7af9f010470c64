import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { forbiddenTerms } from '../../words/check';
import { TERMS } from '../../words/terms';

const FOLDER = mkdtempSync(join(tmpdir(), 'words-'));
execFileSync('git', ['init', '--quiet'], { cwd: FOLDER });
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function found(...lines: string[]): string[] {
  writeFileSync(join(FOLDER, 'README.md'), lines.map((line) => `${line}\n`).join(''));
  return forbiddenTerms(FOLDER);
}

test('a term that must not come back is told with its place and what to write instead', () => {
  expect(found('The command sends a test alert.')).toEqual([]);
  expect(found('It is sent once.', 'The Drill goes to everyone.')).toEqual([
    'README.md:2:The Drill goes to everyone.\n    write instead: test alert',
  ]);
});

test('terms of AWS, PostgreSQL and English that resemble one are allowed', () => {
  const allowed = [
    '--marker, recognized, Certificate',
    'It stands in the way.',
    'an overlooked life cycle',
    'Math.floor',
  ];
  expect(found(...allowed)).toEqual([]);
});

test('a file name is checked as well', () => {
  const file = join(FOLDER, 'fail-half-way.ts');
  writeFileSync(file, '');
  expect(found('')).toEqual([expect.stringMatching(/^fail-half-way\.ts\n {4}write instead: mid-deployment/)]);
  rmSync(file);
});

// One sentence for each term, in the order of the list.
const SENTENCES = [
  'a blind budget',
  'the drill',
  'the way out',
  'whoever signs in',
  'how to mend it',
  'it is dearer',
  'who knocks',
  'a longer patience',
  'an unfit name',
  'recognised by its tables',
  'it was broken off',
  'brought to its end',
  'it bears a tag',
  'the neighbour',
  'a stranger',
  'it fails half way',
  'over the leftovers',
  'signed by an authority',
  'no check yet',
  'not provable here',
  'judged by its answers',
  'lost from sight',
  'a deaf subscriber',
  'it was looked at twice',
  'imports between floors',
  'what stands behind --',
  'dashboards, once an account',
  'it made way for another',
  'run out of the assembly',
  'a guest in the schema',
  'the schema is taken over',
  'the losers of a change',
  'closes PUBLIC',
  'it never comes to be',
  'for want of a privilege',
  'called in a wrong way',
  'nothing is looked up',
];

test('each term is found', () => {
  const uses = Object.values(TERMS);
  const lines = SENTENCES.map(
    (sentence, index) => `README.md:${index + 1}:${sentence}\n    write instead: ${uses[index]}`,
  );
  expect(found(...SENTENCES)).toEqual(lines);
  expect(SENTENCES).toHaveLength(uses.length);
});
