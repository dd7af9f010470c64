import { closest, distance } from 'fastest-levenshtein';
import type { core } from 'zod';

/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** Where, e.g. `stages.dev.network.block`. */
  readonly path: string;
  /** What is there. */
  readonly got: string;
  /** What should be there. */
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Turns what the schema found into a list for people. */
export function problemsOf(issues: readonly core.$ZodIssue[]): ConfigProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue, key));
    const deeper = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
    const [expected = '', fix = 'See the example in the README'] = (deeper ?? issue.message).split('\n');
    return [
      {
        path: pathOf(issue.path),
        got: issue.code === 'invalid_key' ? shown(issue.path.at(-1)) : shown(issue.input) + typeOf(issue),
        expected,
        fix,
      },
    ];
  });
}

function unknownKey(issue: core.$ZodIssue, key: string): ConfigProblem {
  const known = issue.message.split(', ');
  const nearest = closest(key, known);
  const isTypo = distance(key, nearest) <= Math.max(2, key.length / 3);
  return {
    path: pathOf([...issue.path, key]),
    got: 'an unknown key',
    expected: `must be one of ${known.join(', ')}`,
    fix: isTypo ? `Did you mean ${nearest}?` : 'Remove it',
  };
}

function pathOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) =>
    /^[A-Za-z_][\w-]*$/.test(String(part))
      ? `.${String(part)}`
      : `[${typeof part === 'number' ? part : `'${String(part)}'`}]`,
  );
  return parts.join('').replace(/^\./, '') || 'the whole file';
}

/** The type of a value that is of the wrong one: '150' and 150 look alike. */
function typeOf({ code, input }: core.$ZodIssue): string {
  if (code !== 'invalid_type' || input === undefined || input === null) return '';
  const type = Array.isArray(input) ? 'array' : typeof input;
  return ` (${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type})`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string' && value !== '') return value.length > 120 ? `${value.slice(0, 117)}…` : value;
  const json = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return json.length > 120 ? `${json.slice(0, 117)}…` : json;
}
