import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Check } from '../../src/report/check';
import { CHECKS } from '../../src/report/check';
import { Checklist } from '../../src/report/checklist';
import { renderHtml } from '../../src/report/html';
import { renderTable } from '../../src/report/table';

const checks: Check[] = [
  { id: 'a', title: 'One <thing>', status: 'pass', evidence: '3 of 3' },
  { id: 'b', title: 'Another', status: 'fail', evidence: 'x & y differ' },
  { id: 'c', title: 'A third', status: 'recorded only', evidence: 'kept' },
];

test('a check that was never reached is waiting, never a pass', () => {
  const checklist = new Checklist();
  checklist.record('synth.stacks', 'pass', '6 stacks');
  expect(checklist.all().map(({ id }) => id)).toEqual(Object.keys(CHECKS));
  expect(checklist.all().filter(({ status }) => status === 'pass')).toHaveLength(1);
  expect(
    new Set(
      checklist
        .all()
        .slice(1)
        .map(({ status }) => status),
    ),
  ).toEqual(new Set(['waiting']));
});

test('a verdict fails as soon as anything is wrong, and says all of it', () => {
  const checklist = new Checklist();
  checklist.verdict('synth.tags', ['one', 'two'], 'never shown');
  expect(checklist.failed).toEqual([
    { id: 'synth.tags', title: CHECKS['synth.tags'], status: 'fail', evidence: 'one; two' },
  ]);
});

test('the table shows every check and ends with a count', () => {
  const lines = stripVTControlCharacters(renderTable(checks, 100)).split('\n');
  expect(lines[1]).toMatch(/^pass +One <thing> +3 of 3 *$/);
  expect(lines[2]).toMatch(/^fail +Another +x & y differ *$/);
  expect(lines.at(-1)).toBe('1 pass, 1 fail, 1 recorded only');
});

test('the page shows every check, escaped, and needs nothing from outside', () => {
  const page = renderHtml({
    stage: 'dev',
    server: 'PostgreSQL 17',
    finishedAt: 'now',
    phases: [{ title: 'Step', summary: 'done', milliseconds: 1234 }],
    checks,
  });
  expect(page).toContain('<strong>One &lt;thing></strong>');
  expect(page).toContain('x &amp; y differ');
  expect(page).toContain('<span class="badge recorded-only">recorded only</span>');
  expect(page).toContain('1.2 s');
  expect(page).not.toMatch(/src=|href=|@import|https?:/);
});
