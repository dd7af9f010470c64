import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Check, LaterCheck } from '../../src/report/check';
import { renderHtml } from '../../src/report/html';
import { renderTable } from '../../src/report/table';

const SECTIONS = {
  'Database function, from the synthesized assembly': { 'synth.stacks': 'One <thing>' },
  Infrastructure: { '1.1.AC3': 'Another', '1.1.AC5': 'A third' },
};

const checks: Check[] = [
  { id: 'synth.stacks', title: 'One <thing>', status: 'pass', evidence: '3 of 3' },
  { id: '1.1.AC3', title: 'Another', status: 'fail', evidence: 'x & y differ' },
  { id: '1.1.AC5', title: 'A third', status: 'needs a real account', evidence: 'aws ec2 it' },
];

const later: LaterCheck[] = [
  { id: '1.4.AC1', title: 'Budget', status: 'pass', evidence: '72 %', when: 'after the change' },
  { id: '1.3.AC2', title: 'Expiry', status: 'pass', evidence: '45 days', when: 'after the change' },
  { id: '1.4.IV2', title: 'Tags', status: 'fail', evidence: 'gone', when: 'after destroy' },
];

test('the table shows every check and ends with a count', () => {
  const lines = stripVTControlCharacters(renderTable({ checks, later }, SECTIONS, 100)).split('\n');
  const at = (line: RegExp) => lines.findIndex((one) => line.test(one));
  const rows = [
    /^Database function, from the synthesized assembly *$/,
    /^pass +One <thing> +3 of 3 *$/,
    /^Infrastructure *$/,
    /^fail +Another +x & y differ *$/,
    /^needs a real account +A third +aws ec2 it *$/,
    /^Later phases, with what the rehearsal changed *$/,
    /^pass +As expected after the change +1\.4\.AC1, 1\.3\.AC2 *$/,
    /^fail +Tags, after destroy +gone *$/,
  ].map(at);
  expect(rows).not.toContain(-1);
  expect(rows).toEqual(rows.toSorted((one, other) => one - other));
  expect(lines.at(-1)).toBe('1 pass, 2 fail, 1 needs a real account');
});

test('the page shows every check, escaped, and needs nothing from outside', () => {
  const page = renderHtml(
    {
      stage: 'dev',
      server: 'PostgreSQL 17',
      finishedAt: 'now',
      phases: [{ title: 'Step', summary: 'done', milliseconds: 1234 }],
      checks,
      later,
      localAws: [
        { name: 'AWS::EC2::FlowLog', kind: 'recorded only', sentence: 'Kept <and> no more.', uses: 1 },
        { name: 'AWS::EC2::EIP', kind: 'type', sentence: 'Is made.', uses: 1 },
      ],
    },
    SECTIONS,
  );
  for (const section of Object.keys(SECTIONS)) expect(page).toContain(`<h2>${section}</h2>`);
  expect(page).toContain('<td class="id">1.1.AC3</td>');
  expect(page).toContain('<strong>AWS::EC2::FlowLog</strong><p class="evidence">Kept &lt;and> no more.</p>');
  expect(page).not.toContain('AWS::EC2::EIP');
  expect(page).toContain('<strong>One &lt;thing></strong>');
  expect(page).toContain('x &amp; y differ');
  expect(page).toContain('<span class="badge recorded-only">recorded only</span>');
  expect(page).toContain('1.2 s');
  expect(page).not.toMatch(/src=|href=|@import|https?:/);
});
