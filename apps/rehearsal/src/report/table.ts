import { styleText } from 'node:util';
import Table from 'cli-table3';
import { type Check, type CheckStatus, SECTIONS } from './check';
import { countByStatus } from './count';

const EDGES = ['top', 'bottom', 'left', 'right', 'mid', 'middle'] as const;
const CORNERS = ['-left', '-right', '-mid'] as const;

/** A table of words alone: lines between rows are noise in a terminal. */
export const WITHOUT_BORDERS = {
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  chars: Object.fromEntries(
    EDGES.flatMap((edge) => [edge, ...CORNERS.map((corner) => `${edge}${corner}`)]).map((name) => [name, '']),
  ),
};

/** The checks as a table for the terminal, and a line that counts them. */
export function renderTable(checks: readonly Check[], columns: number = process.stdout.columns ?? 120): string {
  const width = Math.max(80, Math.min(columns, 160)) - 4;
  const [first, second] = [20, Math.floor((width - 20) * 0.45)];
  const table = new Table({
    head: ['', 'check', 'evidence'],
    colWidths: [first, second, width - first - second],
    wordWrap: true,
    wrapOnWordBoundary: true,
    ...WITHOUT_BORDERS,
  });
  for (const [section, ids] of Object.entries(SECTIONS)) {
    table.push([{ colSpan: 3, content: styleText('bold', section) }]);
    for (const { id, status, title, evidence } of checks)
      if (id in ids) table.push([coloured(status), title, evidence]);
  }
  return `${table}\n${countByStatus(checks)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}`;
}

function coloured(status: CheckStatus): string {
  if (status === 'pass') return styleText('green', status);
  return styleText(status === 'fail' ? 'red' : 'yellow', status);
}
