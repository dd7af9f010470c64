import type { ClientBase } from 'pg';
import { ProvisionError } from '../provision/provision-error';
import type { Target } from '../provision/target';
import { findRights } from './find-rights';
import type { Finding } from './finding';

/**
 * What PUBLIC is granted by PostgreSQL itself, and may be closed on request:
 *
 * - `create-in-public`: CREATE on schema public, which PUBLIC has in databases made before PostgreSQL 15.
 * - `temporary-tables`: TEMPORARY on this database.
 * - `connect-elsewhere`: CONNECT on the other databases of the cluster.
 */
export type ClosablePublic = 'create-in-public' | 'temporary-tables' | 'connect-elsewhere';

const MATCHES: { readonly [item in ClosablePublic]: (finding: Finding) => boolean } = {
  'create-in-public': ({ object, privileges }) => object === 'schema public' && privileges === 'CREATE',
  'temporary-tables': ({ object, privileges }) => object.startsWith('database ') && privileges === 'TEMPORARY',
  'connect-elsewhere': ({ family, privileges }) => family === 'databases' && privileges === 'CONNECT',
};

/** The names, for whoever reads them from a configuration. */
export const CLOSABLE_PUBLIC = Object.keys(MATCHES) as ClosablePublic[];

/**
 * Takes from PUBLIC what is named, and nothing else. Every database role that could sign in and use it is granted it by
 * name first, in the same transaction, so that only the new database role loses it, and those that are made later.
 *
 * @returns the statements that ran
 * @throws ProvisionError when the administrator may not close all of it, with the statements for whoever may; nothing is
 *   changed then
 */
export async function closePublic(
  client: ClientBase,
  target: Target,
  items: readonly ClosablePublic[],
): Promise<string[]> {
  const open = await findOpen(client, target, items);
  const statements = open.flatMap(({ keep, close }) => (keep ? [keep, close] : [close]));
  if (statements.length === 0) return [];
  await client.query('begin');
  try {
    for (const statement of statements) await client.query(statement);
    // To revoke what somebody else granted is a warning only, not an error.
    const left = await findOpen(client, target, items);
    if (left.length > 0) throw new Error(`${left.map(({ object }) => object).join(', ')} is not the administrator's`);
    await client.query('commit');
    return statements;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new ProvisionError(
      `What PUBLIC was granted could not be closed: ${(error as Error).message}. Nothing was changed. Let the owner run: ${statements.join('; ')};`,
      { cause: error },
    );
  }
}

async function findOpen(client: ClientBase, target: Target, items: readonly ClosablePublic[]): Promise<Finding[]> {
  const found = await findRights(client, target);
  return found.filter((finding) => finding.via === 'PUBLIC' && items.some((item) => MATCHES[item](finding)));
}
