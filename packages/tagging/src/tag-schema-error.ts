import type { TagProblem } from './schema';

/** Tags that do not follow the schema; the message lists all problems, one a line. */
export class TagSchemaError extends Error {
  override readonly name = 'TagSchemaError';

  /** @param problems what is wrong, tag by tag */
  constructor(readonly problems: readonly TagProblem[]) {
    super(['`tags` must follow the tag schema:', ...problems.map(describeTagProblem)].join('\n  '));
  }
}

/** One problem as a sentence: the key, what is wrong, what would be right. */
export function describeTagProblem({ key, value, problem, allowed }: TagProblem): string {
  const got = value === undefined ? '' : `, got: ${value}`;
  const expected = allowed ? `. Allowed: ${allowed.join(', ')}.` : '.';
  return `${key} ${problem}${got}${expected}`;
}
