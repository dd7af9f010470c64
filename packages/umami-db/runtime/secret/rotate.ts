import type { ClientBase } from 'pg';
import { checkServer } from '../connection/server';
import { activeTarget, eachView, exchanged } from '../inspection/alternation';
import { inspect } from '../inspection/inspect';
import { requireOwnership } from '../inspection/ownership';
import { connectionsOf } from '../provision/drop-role';
import { withProvisioningLock } from '../provision/lock';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { requireUsable } from './require-usable';
import { directEndpoint, newPassword, parseSecretValue, withSignIn } from './secret-value';
import { finishRotation, isComplete, type RotationInput, stagedRotation } from './staged-rotation';

/** With two database roles: whose sign-in is in the secret. */
interface Alternation {
  /** Database role of the secret until now, which keeps its password. */
  readonly before: string;
  /** Database role of the secret afterwards, with a new password. */
  readonly after: string;
}

/**
 * Gives the database role a new password: staged, set, proven by signing in, and then made the current one. Connections
 * that are open live on. Of two database roles it is the one that is not in the secret.
 *
 * @returns `finished` when an interrupted rotation was completed instead
 * @throws ProvisionError when the database role has another owner, there is no secret, the new password does not work, or Umami is still
 *   connected as the one of two database roles that would get it
 */
export async function rotate(
  client: ClientBase,
  target: Target,
  input: RotationInput,
): Promise<{ outcome: 'rotated' | 'finished' } & Partial<Alternation>> {
  return withProvisioningLock(client, async () => {
    const { current, next, interrupted, alternation } = await requireRotatable(client, target, input);
    const { passwordVersion } = input;
    if (!interrupted) {
      const value = withSignIn(current, { username: next.databaseRole, password: newPassword() });
      await input.store.stage(passwordVersion === undefined ? value : { ...value, passwordVersion });
    }
    await finishRotation(client, target, input, (changed, password) => prove(client, changed, password, input));
    return { outcome: interrupted ? 'finished' : 'rotated', ...alternation };
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
): Promise<{ would: 'rotate' | 'finish'; databaseRole: string }> {
  const { next, interrupted } = await requireRotatable(client, target, input);
  return { would: interrupted ? 'finish' : 'rotate', databaseRole: next.databaseRole };
}

async function requireRotatable(client: ClientBase, target: Target, { store, server, signsIn, force }: RotationInput) {
  await checkServer(client);
  const found = await inspect(client, target);
  requireOwnership(found, { ...target, adopt: false });
  for (const { target: one, facts } of eachView({ target, facts: found }))
    if (!facts.databaseRole)
      throw new ProvisionError(`There is no database role ${one.databaseRole}. Run provision first.`);
  const current = parseSecretValue(await store.read('AWSCURRENT'));
  const active = activeTarget(target, current.username);
  const isOfRole = current.username === active.databaseRole && isComplete(current);
  const { host, port } = directEndpoint(current);
  const isHere = !server || (host === server.host && port === server.port);
  // A secret of the same names on another server would be given the new password.
  if (!isOfRole || !(isHere || (await signsIn(current.password, active.databaseRole))))
    throw new ProvisionError(
      `${store.name} does not hold the password of database role ${active.databaseRole}: nothing was changed. Give the secret that Umami signs in with.`,
    );
  const staged = await stagedRotation(store, target);
  const interrupted = staged?.isUnfinished ?? false;
  const next = staged?.isUnfinished ? staged.next : exchanged(active);
  if (!interrupted && !force) await requireUnused(client, active);
  const alternation: Partial<Alternation> =
    next.databaseRole === active.databaseRole ? {} : { before: active.databaseRole, after: next.databaseRole };
  return { current, next, interrupted, alternation };
}

/**
 * Of two database roles the one that is not in the secret must have no connections: they are of tasks that were started
 * before the last rotation.
 *
 * @throws ProvisionError that says how many there are
 */
export async function requireUnused(client: ClientBase, active: Target): Promise<void> {
  const { databaseRole } = exchanged(active);
  const count = databaseRole === active.databaseRole ? 0 : await connectionsOf(client, databaseRole, true);
  if (count === 0) return;
  throw new ProvisionError(
    `Database role ${databaseRole} has ${count} open connections of tasks that were started before the last rotation; with its new password they would lose events. Nothing was changed. Restart Umami's tasks first: they then sign in as ${active.databaseRole}. To change the password nevertheless: npx umami-db rotate --force`,
  );
}

/** Does what Umami does, as the database role that tasks are to use from now on. */
async function prove(
  client: ClientBase,
  next: Target,
  password: string,
  { server }: Pick<RotationInput, 'server'>,
): Promise<void> {
  if (!server) return;
  await requireUsable(client, next, { ...server, user: next.databaseRole, password }).catch((error) => {
    if (!(error instanceof ProvisionError)) throw error;
    throw new ProvisionError(
      `${error.message} The secret still names the other database role. Run provision, which restores rights and ends this rotation.`,
      { cause: error },
    );
  });
}
