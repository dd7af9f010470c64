import type { Client } from 'pg';
import type { View } from '../inspection/alternation';
import { inspect } from '../inspection/inspect';
import { migrationsOf } from '../migrations/releases';
import { withClient } from '../provision/explain-failure';
import { secretFile } from '../secret/secret-file';
import type { SecretStore } from '../secret/secret-store';
import { invalidNames } from '../target/names';
import { type Administrator, administratorOf, secretsOf } from './administrator';
import { UsageError } from './failure';
import { sayMeanwhile } from './meanwhile';
import type { Flags, SecretFlags } from './options';
import { namedTarget, targetOf } from './target';

/** A connection of the administrator, and what the command is about. */
export interface Session extends Administrator, View {
  readonly client: Client;
}

/** @throws UsageError for what no database could do, before one is asked */
export async function withSession<T>(flags: Flags, work: (session: Session) => Promise<T>): Promise<T> {
  requireFit(flags);
  const administrator = await administratorOf(flags);
  const { server, connectTo } = administrator;
  // On stderr, and before anything is asked: a person sees at once that it is the wrong database.
  process.stderr.write(`${targetLine(administrator)}\n`);
  const client = await whileWaiting(connectTo(server.database));
  return withClient(client, flags, async () => {
    const named = namedTarget(flags, server.database);
    const facts = await inspect(client, named);
    return work({ ...administrator, client, target: targetOf(flags, named, facts), facts });
  });
}

/** A database that resumes, fails over or is full is waited for: a line every five seconds says so. */
export function whileWaiting<T>(
  connection: Promise<T>,
  say = (line: string): unknown => process.stderr.write(`${line}\n`),
  interval = 5000,
): Promise<T> {
  return sayMeanwhile(connection, interval, () => say('Waiting for a connection …'));
}

/** Which database it is, and who connects. */
export function targetLine({
  server: { host, port, database },
  user,
  source,
}: Pick<Administrator, 'server' | 'user' | 'source'>): string {
  return `Database ${database} at ${host}:${port}, as ${user} (from ${source})`;
}

function requireFit(flags: Flags): void {
  const { umamiVersion, tablesOwner } = flags;
  const [invalid] = invalidNames({ ...namedTarget(flags, ''), tablesOwner });
  if (invalid) throw new UsageError(invalid);
  try {
    migrationsOf(umamiVersion);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @throws UsageError when a command needs a secret and none is given */
export function storeOf({ secret, secretFile: file }: SecretFlags): SecretStore {
  if (secret !== undefined) return secretsOf(secret).store(secret);
  if (file !== undefined) return secretFile(file);
  throw new UsageError("Umami's secret is missing: give --secret <arn> or --secret-file <file>.");
}

export function hasStore({ secret, secretFile: file }: SecretFlags): boolean {
  return secret !== undefined || file !== undefined;
}
