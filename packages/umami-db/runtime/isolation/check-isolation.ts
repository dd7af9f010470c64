import type { ClientBase } from 'pg';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { findRights } from './find-rights';
import type { Finding } from './finding';

/** Ways that the message names one by one. */
const NAMED = 5;

/**
 * Finds what the database role can reach outside of its schema, and changes none of it: what PUBLIC was granted belongs
 * to its grantor, and is reported. What this role was given itself must not be.
 *
 * @throws ProvisionError when the role itself was given a right outside of its schema, with the statements that take it back
 */
export async function checkIsolation(client: ClientBase, target: Target): Promise<Finding[]> {
  const found = await findRights(client, target);
  const failing = found.filter(({ fails }) => fails);
  if (failing.length === 0) return found;
  const named = failing
    .slice(0, NAMED)
    .map(({ privileges, object, close }) => `${privileges} on ${object} (${close};)`);
  const more = failing.length > NAMED ? `, and ${failing.length - NAMED} more` : '';
  throw new ProvisionError(
    `Database role ${target.databaseRole} was given rights outside of schema ${target.schema}: ${named.join(', ')}${more}. Run the statements as an administrator, and deploy again.`,
  );
}
