import type { ClientBase } from 'pg';
import type { ServerAddress } from '../connection/connect';
import { canSignIn } from '../connection/sign-in';
import { eachRole } from '../inspection/alternation';
import { execute } from '../provision/execute';
import { setPassword } from '../sql/database-role';
import { scramVerifier } from '../sql/scram';
import { statements } from '../steps/statement';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { SecretStore } from './secret-store';
import { parseSecretValue, type SecretValue } from './secret-value';

export interface RotationInput {
  readonly store: SecretStore;
  /** Where the server is. @default - where the secret says */
  readonly server?: ServerAddress;
  /** Whether a database role can sign in with a password. */
  signsIn(password: string, databaseRole: string): Promise<boolean>;
  /** Kept in the secret, so that the same reason does not change the password twice. @default - as it was */
  readonly passwordVersion?: string;
  /** With two database roles: also while Umami is connected as the one that gets a new password. @default false */
  readonly force?: boolean;
}

export function rotationOf({ store, server }: { store: SecretStore; server: ServerAddress }): RotationInput {
  return { store, server, signsIn: (password, user) => canSignIn({ ...server, user, password }) };
}

/** Whether a rotation has begun, and the secret does not say yet that it is over. */
export async function isInterrupted(store: SecretStore, target: Target): Promise<boolean> {
  return (await stagedRotation(store, target))?.isUnfinished ?? false;
}

interface StagedRotation {
  /** The target with that database role first whose new password is staged. */
  readonly next: Target;
  readonly pending: SecretValue;
  readonly current: Partial<SecretValue>;
  /** Whether the staged password is not yet the current one. */
  readonly isUnfinished: boolean;
}

/** The rotation that the secret tells of, if it tells of one. */
export async function stagedRotation(store: SecretStore, target: Target): Promise<StagedRotation | undefined> {
  const pending = parseSecretValue(await store.read('AWSPENDING'));
  const next = eachRole(target).find(({ databaseRole }) => databaseRole === pending.username);
  if (!next || !isComplete(pending)) return undefined;
  const current = parseSecretValue(await store.read('AWSCURRENT'));
  return { next, pending, current, isUnfinished: pending.password !== current.password };
}

/**
 * Completes an interrupted rotation: whichever password of the secret the database has now, in the end it has the staged
 * one. Every command begins with this.
 *
 * @param proves what has to succeed before another database role is the one of the secret. @default - nothing
 * @returns whether there was one
 */
export async function finishRotation(
  client: ClientBase,
  target: Target,
  { store, signsIn }: RotationInput,
  proves?: (next: Target, password: string) => Promise<void>,
): Promise<boolean> {
  const staged = await stagedRotation(store, target);
  if (!staged) return false;
  const { next, pending, current, isUnfinished } = staged;
  if (isUnfinished) {
    if (!(await signsIn(pending.password, next.databaseRole))) {
      const statement = setPassword(next, await scramVerifier(pending.password));
      await execute(client, { name: 'password', statements: statements(statement) });
    }
    if (!(await signsInNow(next, pending.password, signsIn))) {
      throw new ProvisionError(
        `Database role ${next.databaseRole} cannot sign in with its new password. The secret still holds the old one as AWSCURRENT. Find out why from the server's log, and run it again.`,
      );
    }
    if (current.username !== next.databaseRole) await proves?.(next, pending.password);
  }
  await store.promote();
  return isUnfinished;
}

/** @throws ProvisionError that says what is left to do, for by now the database knows the new password only */
async function signsInNow(
  { databaseRole }: Target,
  password: string,
  signsIn: RotationInput['signsIn'],
): Promise<boolean> {
  try {
    return await signsIn(password, databaseRole);
  } catch (error) {
    throw new ProvisionError(
      `${(error as Error).message} Database role ${databaseRole} has its new password already, and the secret holds it as AWSPENDING only: run it again.`,
      { cause: error },
    );
  }
}

export function isComplete(value: Partial<SecretValue>): value is SecretValue {
  return typeof value.password === 'string' && value.password !== '' && typeof value.host === 'string';
}
