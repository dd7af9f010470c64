import type { ClientBase } from 'pg';
import { execute } from '../provision/execute';
import { inspect } from '../provision/inspect';
import { withProvisioningLock } from '../provision/lock';
import { requireOwnership } from '../provision/ownership';
import { ProvisionError } from '../provision/provision-error';
import { statements } from '../provision/statement';
import type { Target } from '../provision/target';
import { setPassword } from '../sql/database-role';
import { scramVerifier } from './scram';
import type { SecretStore } from './secret-store';
import { directEndpoint, newPassword, parseSecretValue, type SecretValue, withPassword } from './secret-value';

/** What a rotation needs of the outside. */
export interface RotationInput {
  readonly store: SecretStore;
  /** Where the server is. @default - where the secret says */
  readonly server?: { readonly host: string; readonly port: number };
  /** Whether the database role can sign in with a password. */
  signsIn(password: string): Promise<boolean>;
  /** Kept in the secret, so that the same reason does not change the password twice. @default - as it was */
  readonly passwordVersion?: string;
}

/**
 * Gives the database role a new password: staged, set, proven by signing in, and then made the current one. Connections
 * that are open live on.
 *
 * @returns `finished` when an earlier rotation had been broken off, and was brought to its end instead
 * @throws ProvisionError when the role is not ours, there is no secret, or the new password does not work
 */
export async function rotate(
  client: ClientBase,
  target: Target,
  input: RotationInput,
): Promise<{ outcome: 'rotated' | 'finished' }> {
  return withProvisioningLock(client, async () => {
    const current = await requireRotatable(client, target, input);
    if (await finishRotation(client, target, input)) return { outcome: 'finished' };
    const { passwordVersion } = input;
    const next = withPassword(current, newPassword());
    await input.store.stage(passwordVersion === undefined ? next : { ...next, passwordVersion });
    await finishRotation(client, target, input);
    return { outcome: 'rotated' };
  });
}

/**
 * What {@link rotate} would do; nothing of it is done.
 *
 * @throws ProvisionError when it would fail beforehand
 */
export async function planRotation(
  client: ClientBase,
  target: Target,
  input: RotationInput,
): Promise<'rotate' | 'finish'> {
  await requireRotatable(client, target, input);
  return (await isBrokenOff(input.store, target)) ? 'finish' : 'rotate';
}

/** Whether a rotation has begun, and the secret does not say yet that it is over. */
export async function isBrokenOff(store: SecretStore, { databaseRole }: Target): Promise<boolean> {
  const pending = parseSecretValue(await store.read('AWSPENDING'));
  if (pending.username !== databaseRole || !isComplete(pending)) return false;
  return pending.password !== parseSecretValue(await store.read('AWSCURRENT')).password;
}

async function requireRotatable(
  client: ClientBase,
  target: Target,
  { store, server, signsIn }: RotationInput,
): Promise<SecretValue> {
  const found = await inspect(client, target);
  requireOwnership(found, { ...target, adopt: false });
  if (!found.databaseRole)
    throw new ProvisionError(`There is no database role ${target.databaseRole}. Run provision first.`);
  const current = parseSecretValue(await store.read('AWSCURRENT'));
  const isOfRole = current.username === target.databaseRole && isComplete(current);
  const { host, port } = directEndpoint(current);
  const isHere = !server || (host === server.host && port === server.port);
  // A secret of the same names on another server would be given the new password.
  if (isOfRole && (isHere || (await signsIn(current.password)))) return current;
  throw new ProvisionError(
    `${store.name} does not hold the password of database role ${target.databaseRole}: nothing was changed. Give the secret that Umami signs in with.`,
  );
}

/**
 * Brings a rotation to its end that was broken off: whichever version of the secret the database knows by now, in the end
 * it is the staged one. Every command begins with this.
 *
 * @returns whether there was one
 */
export async function finishRotation(client: ClientBase, target: Target, input: RotationInput): Promise<boolean> {
  const { store, signsIn } = input;
  const pending = parseSecretValue(await store.read('AWSPENDING'));
  if (pending.username !== target.databaseRole || !isComplete(pending)) return false;
  const current = parseSecretValue(await store.read('AWSCURRENT'));
  if (pending.password !== current.password) {
    if (!(await signsIn(pending.password))) {
      const statement = setPassword(target, await scramVerifier(pending.password));
      await execute(client, { name: 'password', statements: statements(statement) });
    }
    if (!(await signsInNow(target, pending.password, signsIn))) {
      throw new ProvisionError(
        `Database role ${target.databaseRole} cannot sign in with its new password. The secret still holds the old one as AWSCURRENT. Find out why from the server's log, and run it again.`,
      );
    }
  }
  await store.promote();
  return pending.password !== current.password;
}

/** @throws ProvisionError that says what is left to do, for by now the database knows the new password only */
async function signsInNow(
  { databaseRole }: Target,
  password: string,
  signsIn: RotationInput['signsIn'],
): Promise<boolean> {
  try {
    return await signsIn(password);
  } catch (error) {
    throw new ProvisionError(
      `${(error as Error).message} Database role ${databaseRole} has its new password already, and the secret holds it as AWSPENDING only: run it again.`,
      { cause: error },
    );
  }
}

function isComplete(value: Partial<SecretValue>): value is SecretValue {
  return typeof value.password === 'string' && value.password !== '' && typeof value.host === 'string';
}
