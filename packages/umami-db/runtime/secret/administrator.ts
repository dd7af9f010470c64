import { compare, hash } from 'bcryptjs';
import type { ClientBase } from 'pg';
import type { Inspection } from '../provision/inspect';
import type { Target } from '../provision/target';
import { name } from '../sql/identifiers';
import type { SecretStore } from './secret-store';
import { newPassword, parseSecretValue, type SecretValue } from './secret-value';

/** Whether Umami gets an administrator: with a generated password that is kept in the secret, or none at all. */
export type UmamiAdministrator = 'generated' | 'none';

/** Umami's own cost factor for passwords. */
const BCRYPT_COST = 10;

/** Password of Umami's administrator for the secret, and its hash for the first migration. */
export interface AdministratorPassword {
  readonly password?: string;
  readonly administratorPasswordHash?: string;
}

/** An administrator is made with the tables; afterwards its password is known only as long as a secret tells it. */
export async function administratorPassword(
  client: ClientBase,
  found: Inspection,
  target: Target,
  { wanted, known, store }: { wanted: UmamiAdministrator; known: Partial<SecretValue>; store: SecretStore },
): Promise<AdministratorPassword> {
  if (wanted === 'none') return {};
  const users = found.objects.find((object) => object.schema === target.schema && object.name === 'user');
  if (!users) {
    const password = known.UMAMI_ADMIN_PASSWORD ?? newPassword();
    return { password, administratorPasswordHash: await hash(password, BCRYPT_COST) };
  }
  if (known.UMAMI_ADMIN_PASSWORD !== undefined) return { password: known.UMAMI_ADMIN_PASSWORD };
  // CloudFormation rolls a change to `none` back: the version before still tells the password.
  const { UMAMI_ADMIN_PASSWORD: before } = parseSecretValue(await store.read('AWSPREVIOUS'));
  const isReadable = found.rights.get(users.owner)?.usable ?? false;
  return before !== undefined && isReadable && (await isPassword(client, target, before)) ? { password: before } : {};
}

async function isPassword(client: ClientBase, { schema }: Target, password: string): Promise<boolean> {
  const { rows } = await client.query<{ password: string }>(
    `select password from ${name(schema)}."user" where username = 'admin' and deleted_at is null`,
  );
  return rows[0] !== undefined && compare(password, rows[0].password);
}
