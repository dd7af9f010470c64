import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { Check, CheckStatus, LaterCheck, Sections } from './check';
import { countByStatus } from './count';
import { LATER, summariseLater } from './later';
import { WITHOUT_BORDERS } from './terminal-table';

/** The checks as a table for the terminal, and a line that counts them. */
export function renderTable(
  { checks, later }: { readonly checks: readonly Check[]; readonly later: readonly LaterCheck[] },
  sections: Sections,
  columns: number = process.stdout.columns ?? 120,
): string {
  const width = Math.max(80, Math.min(columns, 160)) - 4;
  const [first, second] = [22, Math.floor((width - 22) * 0.45)];
  const table = new Table({
    head: ['', 'check', 'evidence'],
    colWidths: [first, second, width - first - second],
    wordWrap: true,
    wrapOnWordBoundary: true,
    ...WITHOUT_BORDERS,
  });
  for (const [section, ids] of Object.entries(sections)) {
    table.push([{ colSpan: 3, content: styleText('bold', section) }]);
    for (const { id, status, title, evidence } of checks)
      if (id in ids) table.push([coloured(status), title, evidence]);
  }
  const rows = summariseLater(later);
  if (rows.length > 0) table.push([{ colSpan: 3, content: styleText('bold', LATER) }]);
  for (const { status, title, evidence } of rows) table.push([coloured(status), title, evidence]);
  return `${table}\n${countByStatus([...checks, ...later.filter(({ status }) => status === 'fail')])
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}`;
}

function coloured(status: CheckStatus): string {
  if (status === 'pass') return styleText('green', status);
  return styleText(status === 'fail' ? 'red' : 'yellow', status);
}
