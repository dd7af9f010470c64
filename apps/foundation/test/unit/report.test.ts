import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Check, LaterCheck } from '../../src/report/check';
import { renderHtml } from '../../src/report/html';
import { localTime } from '../../src/report/report';
import { renderTable } from '../../src/report/table';

const SECTIONS = {
  'Database function, from the synthesized assembly': { 'synth.stacks': 'One <thing>' },
  Infrastructure: { '1.1.AC3': 'Another', '1.1.AC5': 'A third', '1.1.AC6': 'A fourth' },
};

const checks: Check[] = [
  { id: 'synth.stacks', title: 'One <thing>', status: 'pass', evidence: '3 of 3' },
  { id: '1.1.AC3', title: 'Another', status: 'pass', evidence: '8 rules' },
  { id: '1.1.AC5', title: 'A third', status: 'needs a real account', evidence: 'aws ec2 it' },
  {
    id: '1.1.AC6',
    title: 'A fourth',
    status: 'fail',
    evidence: 'x & y differ',
    text: 'Security groups <created>',
    facts: { groups: ['sg-1'] },
    asked: ['ec2:DescribeSecurityGroups'],
  },
];

const later: LaterCheck[] = [
  { id: '1.4.AC1', title: 'Budget', status: 'pass', evidence: '72 %', when: 'after the change' },
  { id: '1.3.AC2', title: 'Expiry', status: 'pass', evidence: '45 days', when: 'after the change' },
  { id: '1.4.IV2', title: 'Tags', status: 'fail', evidence: 'gone', when: 'after destroy' },
];

test('the table shows what is not pass first, every check once, and ends with a count', () => {
  const lines = stripVTControlCharacters(renderTable({ checks, later }, SECTIONS, 100)).split('\n');
  const at = (line: RegExp) => lines.findIndex((one) => line.test(one));
  const rows = [
    /^Not pass *$/,
    /^fail +1\.1\.AC6 A fourth +x & y differ *$/,
    /^needs a real account +1\.1\.AC5 A third +aws ec2 it *$/,
    /^Database function, from the synthesized assembly *$/,
    /^pass +One <thing> +3 of 3 *$/,
    /^1\.1 Infrastructure *$/,
    /^pass +Another +8 rules *$/,
    /^Later phases, with what the rehearsal changed *$/,
    /^pass +As expected after the change +1\.4\.AC1, 1\.3\.AC2 *$/,
    /^fail +Tags, after destroy +gone *$/,
  ].map(at);
  expect(rows).not.toContain(-1);
  expect(rows).toEqual(rows.toSorted((one, other) => one - other));
  expect(lines.at(-1)).toBe('2 pass, 2 fail, 1 needs a real account');
});

const report = {
  title: 'Rehearsal of stage dev',
  stage: 'dev',
  subject: { Account: '111122223333, us-east-1' },
  finishedAt: '2026-11-27T01:00:00.000Z',
  phases: [
    { title: 'Step', summary: 'done', milliseconds: 1000 },
    { title: 'Long step', summary: 'done', milliseconds: 4000 },
  ],
  checks,
  later,
  localAws: [
    { name: 'AWS::EC2::FlowLog', kind: 'recorded only', sentence: 'Kept <and> no more.', uses: 1 },
    { name: 'AWS::EC2::EIP', kind: 'type', sentence: 'Is made.', uses: 1 },
  ],
};

test('the page shows every check, escaped, and needs nothing from outside', () => {
  const page = renderHtml(report, SECTIONS);
  for (const section of ['Database function, from the synthesized assembly', '1.1 Infrastructure'])
    expect(page).toContain(`<h2>${section}</h2>`);
  expect(page).toContain('<dt>Account</dt><dd>111122223333, us-east-1</dd>');
  expect(page).toContain(`<dd>${localTime(report.finishedAt)}</dd>`);
  expect(page).toContain('<strong>AWS::EC2::FlowLog</strong><p class="evidence">Kept &lt;and> no more.</p>');
  expect(page).not.toContain('AWS::EC2::EIP');
  expect(page).toContain('<strong>One &lt;thing></strong>');
  expect(page).toContain('x &amp; y differ');
  expect(page).toContain('<p class="requirement">Security groups &lt;created></p>');
  expect(page).toContain('By ec2:DescribeSecurityGroups');
  expect(page).toContain('<span class="badge recorded-only">recorded only</span>');
  expect(page.match(/<i style="width:\d+%"/g)).toEqual(['<i style="width:25%"', '<i style="width:100%"']);
  expect(page).not.toMatch(/src=|href="[^#]|@import|https?:/);
});

test('what is not pass is listed first, and comes first in its section', () => {
  const page = renderHtml(report, SECTIONS);
  const order = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, id]) => id);
  expect(order(/<li>.*?<a href="#([^"]+)"/g)).toEqual(['1.1.AC6', '1.1.AC5']);
  expect(order(/<article class="check" id="([^"]+)"/g)).toEqual(['synth.stacks', '1.1.AC6', '1.1.AC5', '1.1.AC3']);
});

test('each row that is linked to is there', () => {
  const page = renderHtml(report, SECTIONS);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
});
