import Table from 'cli-table3';

const EDGES = ['top', 'bottom', 'left', 'right', 'mid', 'middle'] as const;
const CORNERS = ['-left', '-right', '-mid'] as const;

/** A table of words alone: lines between rows are noise in a terminal. */
export const WITHOUT_BORDERS = {
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  chars: Object.fromEntries(
    EDGES.flatMap((edge) => [edge, ...CORNERS.map((corner) => `${edge}${corner}`)]).map((name) => [name, '']),
  ),
};

/** A table without borders whose last column takes what the terminal has left, and is wrapped by words. */
export function wrappedTable(
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
  columns: number = process.stdout.columns ?? 120,
): string {
  const widths = align.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)) + 2);
  const last = Math.max(24, columns - widths.slice(0, -1).reduce((sum, width) => sum + width, 0) - 1);
  const table = new Table({
    ...WITHOUT_BORDERS,
    colAligns: [...align],
    colWidths: [...widths.slice(0, -1), Math.min(widths.at(-1) ?? last, last)],
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
