import { styleText } from 'node:util';
import { createTwoFilesPatch } from 'diff';

const COLOURS: { readonly [start: string]: 'green' | 'red' | 'cyan' } = { '+': 'green', '-': 'red', '@': 'cyan' };

/** How a file would change, as `diff --unified` writes it; nothing where it does not. */
export function shownDiff(file: string, before: string, after: string, isColoured: boolean): string | undefined {
  if (before === after) return undefined;
  const patch = createTwoFilesPatch(file, file, before, after, 'as it is', 'as it would be', { context: 3 });
  // Without the line of equal signs above it.
  const lines = patch.slice(patch.indexOf('--- ')).trimEnd().split('\n');
  return lines.map((line) => (isColoured ? coloured(line) : line)).join('\n');
}

function coloured(line: string): string {
  const colour = COLOURS[line.charAt(0)];
  return colour ? styleText(colour, line, { validateStream: false }) : line;
}
