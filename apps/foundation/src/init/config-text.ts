import type { Literal, Value } from './value';

/** Longest line. */
const WIDTH = 120;

/** Where the values belong. */
export interface Written {
  readonly account: string;
  readonly region: string;
  /** Path of the tag values, relative to the file. */
  readonly tagsModule: string;
  readonly values: readonly Value[];
}

/** The text of a configuration file: each value below a comment that says where it was found. */
export function configText({ account, region, tagsModule, values }: Written): string {
  return [
    "import { defineFoundation } from '@user-metrics/foundation';",
    `import { tagValues } from '${tagsModule}';`,
    '',
    `// Written by \`npx projen init\` from account ${account}, ${region}. A comment says where the value below it was found.`,
    'export default defineFoundation({',
    '  tags: tagValues,',
    ...lines(values, 0),
    '});',
    '',
  ].join('\n');
}

/** The values of a level, in their order: those that lead on as objects. */
function lines(values: readonly Value[], depth: number): string[] {
  const indent = '  '.repeat(depth + 1);
  const names = [...new Set(values.map(({ path }) => path[depth] ?? ''))];
  return names.flatMap((name) => {
    const below = values.filter(({ path }) => path[depth] === name);
    const [first] = below;
    const space = depth === 0 ? [''] : [];
    if (first === undefined || first.path.length > depth + 1)
      return [...space, `${indent}${key(name)}: {`, ...lines(below, depth + 1), `${indent}},`];
    return [...comment(first.from, indent), ...property(`${indent}${key(name)}: `, first.value, indent)];
  });
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : text(name);
}

function property(start: string, value: Literal, indent: string): string[] {
  if (typeof value === 'string') return [`${start}${text(value)},`];
  if (typeof value !== 'object') return [`${start}${value},`];
  const line = `${start}[${value.map(text).join(', ')}],`;
  return line.length <= WIDTH
    ? [line]
    : [`${start}[`, ...value.map((each) => `${indent}  ${text(each)},`), `${indent}],`];
}

function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A comment, wrapped by words. */
function comment(from: string, indent: string): string[] {
  const start = `${indent}// `;
  const wrapped: string[] = [];
  for (const word of from.replaceAll(/\s+/g, ' ').split(' ')) {
    const last = wrapped.at(-1);
    if (last !== undefined && start.length + last.length + 1 + word.length <= WIDTH)
      wrapped[wrapped.length - 1] = `${last} ${word}`;
    else wrapped.push(word);
  }
  return wrapped.map((line) => `${start}${line}`);
}
