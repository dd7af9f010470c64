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

/** The parts, each with its variable of libpq, and its option where it has one. */
const PARTS = [
  ['host', 'PGHOST', '--host'],
  ['port', 'PGPORT', '--port'],
  ['database', 'PGDATABASE', '--database'],
  ['user', 'PGUSER', undefined],
  ['password', 'PGPASSWORD', undefined],
] as const;

/**
 * What DATABASE_URL and PG* say, read by the driver itself.
 *
 * @throws UsageError for a DATABASE_URL that is none, or that says something else than PG* where no option decides
 */
export function fromEnvironment(flags: ConnectionFlags): Given {
  const url = process.env['DATABASE_URL'];
  if (!url && !flags.host && !process.env['PGHOST']) return {};
  const { host, port, database, user, password } = clientFor(url) as Client & { password?: unknown };
  const given = { host, port, database, user, password: typeof password === 'string' ? password : undefined };
  if (url) requireSameTarget(flags, given, 'DATABASE_URL');
  return { ...given, source: url ? 'DATABASE_URL' : 'PG*' };
}

/**
 * What tells the target may not differ from PG*.
 *
 * @param source where `given` was read, to begin a sentence with
 * @throws UsageError when it does, and no option decides
 */
export function requireSameTarget(flags: ConnectionFlags, given: Given, source: string): void {
  for (const [part, variable, option] of PARTS) {
    const [value, other] = [process.env[variable], given[part]];
    const isDecided = part in flags || (flags.adminSecret !== undefined && option === undefined);
    if (!value || other === undefined || isDecided || isSame(part, value, String(other))) continue;
    const values = part === 'password' ? '' : `: ${other} and ${value}`;
    const decide = option ? `, or give ${option}` : '';
    throw new UsageError(`${source} and ${variable} name a different ${part}${values}. Unset ${variable}${decide}.`);
  }
}

function isSame(part: string, one: string, other: string): boolean {
  return part === 'host' ? one.toLowerCase() === other.toLowerCase() : one === other;
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
