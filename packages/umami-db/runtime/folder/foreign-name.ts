import type { Token } from './tokens';

/** Words after which the name of a table or an index stands. */
const BEFORE_TABLES = new Set([
  'exists',
  'from',
  'index',
  'into',
  'join',
  'only',
  'references',
  'table',
  'update',
  'using',
]);

/** Functions whose arguments are written with FROM. */
const WITH_FROM = new Set(['extract', 'overlay', 'position', 'substring', 'trim']);

/** Rows that PostgreSQL names in ON CONFLICT and RETURNING. */
const ROWS = new Set(['excluded', 'new', 'old']);

/**
 * Finds the name of another schema in a statement: a table is never qualified, and what stands before a column is a table
 * or an alias, which the statement also names without it. A list in FROM can deceive this; PostgreSQL then says which
 * tables the statement uses.
 *
 * @returns why the statement is refused, if it is
 */
export function foreignName(tokens: readonly Token[]): string | undefined {
  const system = tokens.find(({ kind, value }) => isName(kind) && /^(pg_|information_schema$)/i.test(value));
  if (system) return `${system.value} belongs to PostgreSQL, not to Umami`;
  const alone = new Set(
    tokens.filter((token, index) => isName(token.kind) && !isPart(tokens, index)).map(({ value }) => value),
  );
  const calls: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isSign(token, '(')) calls.push(tokens[index - 1]?.value ?? '');
    if (isSign(token, ')')) calls.pop();
    if (!isName(token.kind) || !isSign(tokens[index + 1], '.') || isSign(tokens[index - 1], '.')) continue;
    const isTable = isBeforeTable(tokens, index - 1, calls.at(-1)) || isSign(tokens[index + 3], '.');
    if (isTable || !(alone.has(token.value) || ROWS.has(token.value)))
      return `it names ${token.value}.${tokens[index + 2]?.value ?? ''}, and the tables of Umami are named without a schema`;
  }
  return undefined;
}

function isBeforeTable(tokens: readonly Token[], index: number, call: string | undefined): boolean {
  const { kind, value } = tokens[index] ?? {};
  if (kind !== 'word' || !BEFORE_TABLES.has(value ?? '')) return false;
  return value !== 'from' || !(tokens[index - 1]?.value === 'distinct' || WITH_FROM.has(call ?? ''));
}

/** Whether it stands before or after a dot. */
function isPart(tokens: readonly Token[], index: number): boolean {
  return isSign(tokens[index - 1], '.') || isSign(tokens[index + 1], '.');
}

function isName(kind: Token['kind']): boolean {
  return kind === 'word' || kind === 'name';
}

function isSign(token: Token | undefined, value: string): boolean {
  return token?.kind === 'sign' && token.value === value;
}
