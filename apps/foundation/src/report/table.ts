import { styleText } from 'node:util';
import Table from 'cli-table3';
import { type Check, type CheckStatus, type Sections, sectionName, worstFirst } from './check';
import { countByStatus } from './count';
import { LATER, summariseLater } from './later';
import type { Report } from './report';
import { WITHOUT_BORDERS } from './terminal-table';

/** The checks as a table for the terminal, what is not `pass` first, and a line that counts them. */
export function renderTable(
  { checks, later = [] }: Pick<Report, 'checks' | 'later'>,
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
  const add = (section: string, rows: readonly Check[]) => {
    if (rows.length > 0) table.push([{ colSpan: 3, content: styleText('bold', section) }]);
    for (const { status, title, evidence } of rows) table.push([coloured(status), title, evidence]);
  };
  const listed = checks.filter(({ id }) => Object.values(sections).some((ids) => id in ids));
  add('Not pass', worstFirst(listed.filter(({ status }) => status !== 'pass')).map(withId));
  for (const [section, ids] of Object.entries(sections))
    add(
      sectionName(section, ids),
      checks.filter(({ id, status }) => id in ids && status === 'pass'),
    );
  add(LATER, summariseLater(later));
  return `${table}\n${countByStatus([...checks, ...later.filter(({ status }) => status === 'fail')])
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}`;
}

/** Apart from its section a criterion is told by its id. */
function withId(check: Check): Check {
  return /^\d/.test(check.id) ? { ...check, title: `${check.id} ${check.title}` } : check;
}

function coloured(status: CheckStatus): string {
  if (status === 'pass') return styleText('green', status);
  return styleText(status === 'fail' ? 'red' : 'yellow', status);
}
