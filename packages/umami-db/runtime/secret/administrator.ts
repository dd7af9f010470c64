import { compare, hash } from 'bcryptjs';
import type { ClientBase } from 'pg';
import type { Inspection } from '../inspection/facts';
import { administratorHash } from '../sql/umami-administrator';
import type { Target } from '../target/target';
import type { SecretStore } from './secret-store';
import { newPassword, parseSecretValue, type SecretValue } from './secret-value';

/** Whether Umami gets an administrator: with a generated password that is kept in the secret, or none at all. */
export type UmamiAdministrator = 'generated' | 'none';

/** Umami's own cost factor for passwords. */
const BCRYPT_COST = 10;

/** Password of Umami's administrator for the secret, and its hash where the database has to get it. */
interface AdministratorPassword {
  readonly password?: string;
  readonly administratorPasswordHash?: string;
}

interface Known {
  readonly wanted: UmamiAdministrator;
  /** What the secret tells. */
  readonly secret: Partial<SecretValue>;
  readonly store: SecretStore;
  /** Whether the database role signs in with what the secret tells. */
  signsIn(): Promise<boolean>;
}

/** An administrator is made with the tables; afterwards its password is known only as long as a secret tells it. */
export async function administratorPassword(
  client: ClientBase,
  found: Inspection,
  target: Target,
  { wanted, secret, store, signsIn }: Known,
): Promise<AdministratorPassword> {
  if (wanted === 'none') return {};
  const users = found.objects.find((object) => object.schema === target.schema && object.name === 'user');
  if (!users) return withHash(secret.UMAMI_ADMIN_PASSWORD ?? newPassword());
  const isReadable = found.rights.get(users.owner)?.usable ?? false;
  const current = isReadable ? await hashOf(client, target) : undefined;
  // The secret went with its stage, or was never the one of this password: nobody knows it any more. Until the role can
  // sign in with the new secret, that is not over.
  if (current !== undefined && isTransferred(found, target, secret) && !(await signsIn())) {
    const password = secret.UMAMI_ADMIN_PASSWORD ?? newPassword();
    return (await compare(password, current)) ? { password } : withHash(password);
  }
  if (secret.UMAMI_ADMIN_PASSWORD !== undefined) return { password: secret.UMAMI_ADMIN_PASSWORD };
  // CloudFormation rolls a change to `none` back: the version before still tells the password.
  const { UMAMI_ADMIN_PASSWORD: before } = parseSecretValue(await store.read('AWSPREVIOUS'));
  return before !== undefined && current !== undefined && (await compare(before, current)) ? { password: before } : {};
}

/**
 * Whether the secret is another one than the role's password was made with. A role of this very owner that cannot sign in
 * has had its password, or its right to, changed by somebody: then the administrator's is as people know it.
 */
function isTransferred({ schema, databaseRole }: Inspection, { owner }: Target, secret: Partial<SecretValue>): boolean {
  if (!schema?.ownership) return false;
  const ownership = databaseRole?.ownership;
  return ownership?.id !== owner.id || ownership.returned === true || secret.password === undefined;
}

async function withHash(password: string): Promise<AdministratorPassword> {
  return { password, administratorPasswordHash: await hash(password, BCRYPT_COST) };
}

async function hashOf(client: ClientBase, target: Target): Promise<string | undefined> {
  const { rows } = await client.query<{ password: string }>(administratorHash(target));
  return rows[0]?.password;
}
