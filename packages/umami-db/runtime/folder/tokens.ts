/** A piece of SQL that is neither white space nor a comment. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign';
  /** A word in lower case, a quoted name without its quotes, a sign as it is; of the others the text. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** White space of PostgreSQL, which is less than that of JavaScript: a no-break space belongs to a name. */
const BLANK = /(?:[ \t\n\r\f\v]|--[^\n\r]*)+/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

const KINDS: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
  ['string', /[eE]'(?:[^'\\]|\\.|'')*'/sy],
  ['string', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")+"/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y],
  ['sign', /::|:=|[-+*/<>=~!@#%^&|?`.,;()[\]]/y],
];

/** A text that is not SQL, or is written in a way that no migration of Umami needs. */
export class TokenError extends Error {
  constructor(
    message: string,
    /** Where it begins. */
    readonly start: number,
  ) {
    super(message);
  }
}

/**
 * Splits SQL as PostgreSQL's scanner does, with `standard_conforming_strings` on.
 *
 * @throws TokenError for what does not end, and for characters outside of quotes that a script of psql reads otherwise
 */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < sql.length) {
    const end = endOf(BLANK, sql, position) ?? endOfComment(sql, position);
    if (end !== undefined) {
      position = end;
      continue;
    }
    const token = tokenAt(sql, position);
    tokens.push(token);
    position = token.end;
  }
  return tokens;
}

function tokenAt(sql: string, start: number): Token {
  if (/^u&['"]/i.test(sql.slice(start, start + 3))) throw new TokenError('has a text with Unicode escapes', start);
  const dollar = endOf(DOLLAR, sql, start);
  if (dollar !== undefined) {
    const quote = sql.slice(start, dollar);
    const end = sql.indexOf(quote, dollar);
    if (end >= 0) return { kind: 'string', value: '', start, end: end + quote.length };
  }
  for (const [kind, pattern] of KINDS) {
    const end = endOf(pattern, sql, start);
    if (end !== undefined) return { kind, value: valueIn(kind, sql.slice(start, end)), start, end };
  }
  const character = sql.slice(start, start + 1);
  throw new TokenError(
    /['"$]/.test(character) ? 'has a text that does not end' : `has the character ${JSON.stringify(character)}`,
    start,
  );
}

function valueIn(kind: Token['kind'], text: string): string {
  if (kind === 'name') return text.slice(1, -1).replaceAll('""', '"');
  // PostgreSQL folds the letters of ASCII alone.
  return kind === 'word' ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
}

/** Comments of PostgreSQL can be nested. */
function endOfComment(sql: string, start: number): number | undefined {
  if (!sql.startsWith('/*', start)) return undefined;
  let depth = 0;
  for (const { 0: mark, index } of sql.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1;
    if (depth === 0) return start + index + 2;
  }
  throw new TokenError('has a comment that does not end', start);
}

function endOf(pattern: RegExp, sql: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}
