import { foreignName } from './foreign-name';
import { type Token, TokenError, tokensOf } from './tokens';

interface ScriptStatement {
  readonly sql: string;
  readonly line: number;
}

/** What a migration of Umami consists of. */
const STATEMENTS = [
  /^create table\b/,
  /^create (unique )?index\b/,
  /^alter table\b/,
  /^alter index .*\brename to\b/,
  /^drop (table|index)\b/,
  /^(insert into|update|delete from|with)\b/,
];

const ONLY =
  'a migration of Umami creates, alters and drops tables and indexes and changes their rows, and nothing else';

/** What such statements may not contain, and why. */
const FORBIDDEN: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\bconcurrently\b/, 'CONCURRENTLY does not work in the transaction of the migration'],
  [/(?<!\bon (?:delete|update) )\bcascade\b/, 'CASCADE also drops what others made on the tables of Umami'],
  [/\btablespace\b/, 'where tables are stored is for the administrator to decide'],
  [/\b(small|big)?serial[248]?\b/, 'a serial column needs a sequence, on which the database role has no rights'],
];

/** Changes of a table that leave its owner, its schema and its rules as they are. */
const TABLE_CHANGES = new Set(['add', 'alter', 'drop', 'rename', 'validate']);

/** Functions that reach beyond the rows of tables. */
const FUNCTIONS = /^(lo_\w+|loread|lowrite|set_config|nextval|setval|dblink\w*|\w+_to_xml\w*)$/;

/**
 * Splits the script of a migration into its statements.
 *
 * @returns the statements, and of each that is refused a sentence that begins with its line
 */
export function checkScript(sql: string): { statements: ScriptStatement[]; refused: string[] } {
  const lineOf = (position: number) => sql.slice(0, position).split('\n').length;
  try {
    const statements: ScriptStatement[] = [];
    const refused: string[] = [];
    for (const tokens of split(tokensOf(sql))) {
      const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
      const statement = { sql: sql.slice(start, end), line: lineOf(start) };
      const reason = refusal(tokens);
      if (reason !== undefined) refused.push(`line ${statement.line}: ${beginning(statement.sql)}: ${reason}`);
      statements.push(statement);
    }
    return { statements, refused };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { statements: [], refused: [`line ${lineOf(error.start)} ${error.message}`] };
  }
}

function split(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.value === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

function refusal(tokens: readonly Token[]): string | undefined {
  // Quoted names and texts say nothing about the kind of a statement.
  const words = tokens.map(({ kind, value }) => (kind === 'word' || kind === 'sign' ? value : '"')).join(' ');
  if (!STATEMENTS.some((pattern) => pattern.test(words))) return ONLY;
  if (!changesAllowed(tokens)) return ONLY;
  const [, reason] = FORBIDDEN.find(([pattern]) => pattern.test(words)) ?? [];
  if (reason !== undefined) return reason;
  const called = tokens.find(
    ({ kind, value }, index) => isName(kind) && FUNCTIONS.test(value.toLowerCase()) && tokens[index + 1]?.value === '(',
  );
  if (called) return `function ${called.value} reaches beyond the tables of Umami`;
  return foreignName(tokens);
}

function isName(kind: Token['kind']): boolean {
  return kind === 'word' || kind === 'name';
}

/** Of ALTER TABLE each change, by the word that it begins with. */
function changesAllowed(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.value !== 'alter' || second?.value !== 'table') return true;
  const afterName = tokens.findIndex(
    ({ kind, value }, index) => index > 1 && (kind === 'name' || !['if', 'exists', 'only'].includes(value)),
  );
  let depth = 0;
  let begins = true;
  for (const { kind, value } of tokens.slice(afterName + 1)) {
    if (kind === 'sign') {
      depth += '(['.includes(value) ? 1 : ')]'.includes(value) ? -1 : 0;
      // The name of a schema, which is refused by its own reason.
      if (value === '.' && begins) return true;
      begins = value === ',' && depth === 0;
    } else if (begins) {
      if (kind !== 'word' || !TABLE_CHANGES.has(value)) return false;
      begins = false;
    }
  }
  return true;
}

const SHOWN = 60;

function beginning(sql: string): string {
  const [first = ''] = sql.split(/[\r\n]/);
  return first.length > SHOWN ? `${first.slice(0, SHOWN)}…` : first;
}
