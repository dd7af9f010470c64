import { Client } from 'pg';
import { UsageError } from './failure';
import type { ConnectionFlags } from './options';

/** What the environment says of the connection. */
export interface Given {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Variables that it comes from. */
  readonly source?: string;
}

/** Variable of libpq and option of the command line for each part. */
const PARTS = {
  host: ['PGHOST', '--host'],
  port: ['PGPORT', '--port'],
  database: ['PGDATABASE', '--database'],
  user: ['PGUSER', undefined],
  password: ['PGPASSWORD', undefined],
} as const;

/**
 * What DATABASE_URL and PG* say, read by the driver itself.
 *
 * @throws UsageError for a DATABASE_URL that is none, or that says something else than PG* where no option decides
 */
export function fromEnvironment(flags: ConnectionFlags): Given {
  const url = process.env['DATABASE_URL'];
  if (!url && !flags.host && !process.env['PGHOST']) return {};
  const { host, port, database, user, password } = clientFor(url) as Client & { password?: unknown };
  const given = { host, port, database, user, ...(typeof password === 'string' ? { password } : {}) };
  if (!url) return { ...given, source: 'PG*' };
  for (const [part, [variable, option]] of Object.entries(PARTS)) {
    const isDecided = part in flags || (flags.adminSecret !== undefined && option === undefined);
    const value = process.env[variable];
    if (!value || isDecided) continue;
    const ofUrl = String(given[part as keyof typeof given]);
    if (!isSame(part, value, ofUrl))
      throw different(
        part,
        [
          ['DATABASE_URL', ofUrl],
          [variable, value],
        ],
        option,
      );
  }
  return { ...given, source: 'DATABASE_URL' };
}

/**
 * The secret of the administrator and the environment may not name different databases or hosts either.
 *
 * @throws UsageError when they do, and no option decides
 */
export function requireSameTarget(flags: ConnectionFlags, secret: Given, arn: string): void {
  for (const part of ['host', 'database'] as const) {
    const [variable, option] = PARTS[part];
    const [value, ofSecret] = [process.env[variable], secret[part]];
    if (!value || ofSecret === undefined || part in flags || isSame(part, value, ofSecret)) continue;
    throw different(
      part,
      [
        [`Secret ${arn}`, ofSecret],
        [variable, value],
      ],
      option,
    );
  }
}

function isSame(part: string, one: string, other: string): boolean {
  return part === 'host' ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function different(
  part: string,
  [[first, one], [second, other]]: readonly [readonly [string, string], readonly [string, string]],
  option: string | undefined,
): UsageError {
  const values = part === 'password' ? '' : `: ${one} and ${other}`;
  const decide = option === undefined ? '' : `, or give ${option}`;
  return new UsageError(`${first} and ${second} name a different ${part}${values}. Unset ${second}${decide}.`);
}

function clientFor(url: string | undefined): Client {
  try {
    return new Client(url ? { connectionString: url } : {});
  } catch {
    // What is wrong with it stands beside the password.
    throw new UsageError(
      'DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database. Percent-encode the characters of the password that a URL keeps for itself.',
    );
  }
}
