import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import type { ServerAddress } from '../connection/connect';
import { canSignIn } from '../connection/sign-in';
import { eachView, withFoundRole } from '../inspection/alternation';
import type { Inspection } from '../inspection/facts';
import { inspect } from '../inspection/inspect';
import { requireOwnership } from '../inspection/ownership';
import { withProvisioningLock } from '../provision/lock';
import { type Plan, plan } from '../provision/plan';
import { carryOut, type ProvisionInput, type ProvisionReport } from '../provision/provision';
import { secondDatabaseRole } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { administratorPassword, type UmamiAdministrator } from './administrator';
import { requireKnownSecret } from './require-known-secret';
import { requireUsable } from './require-usable';
import { requireUnused, rotate } from './rotate';
import type { SecretStore } from './secret-store';
import { type Endpoint, parseSecretValue, type SecretValue, secretValue, umamiEndpoint } from './secret-value';
import { finishRotation, rotationOf } from './staged-rotation';

/** What provisioning with a secret needs, beside what provisioning needs. */
export interface SecretInput extends Omit<ProvisionInput, 'password' | 'canSignIn' | 'administratorPasswordHash'> {
  readonly server: ServerAddress;
  readonly store: SecretStore;
  readonly administrator: UmamiAdministrator;
  /**
   * Where Umami connects, if not to the server itself: a host without a port has the server's.
   *
   * @default - as the secret says, or the server
   */
  readonly umami?: Partial<Endpoint>;
  /** Another value than the secret tells of asks for a new password. @default - the password stays */
  readonly passwordVersion?: string;
  /**
   * Writes a new password and a new APP_SECRET where the store does not hold the secret of the database role.
   *
   * @default false, it is refused where database role and schema are in use
   */
  readonly newSecret?: boolean;
  /** Leaves an interrupted rotation as it is. @default false */
  readonly readOnly?: boolean;
  /** What was found of the target a moment ago. @default - it is inspected */
  readonly facts?: Inspection;
}

/**
 * Brings database and secret to what the target says, and then signs in and writes as Umami does.
 *
 * @throws ProvisionError when a provisioning would fail, or Umami could not work in the end
 */
export async function provisionWithSecret(
  client: ClientBase,
  target: Target,
  input: SecretInput,
): Promise<ProvisionReport> {
  // A run that happens twice at once must not leave one password in the secret and another one in the database.
  return withProvisioningLock(client, async () => {
    const { planned, ready, active } = await planWithSecret(client, target, input);
    const { rotates, password } = await ready();
    const report = await carryOut(client, active, planned, input);
    const signIn = { ...input.server, user: active.databaseRole, password };
    const warnings = [...report.warnings, ...(await requireUsable(client, active, signIn))];
    const { passwordVersion } = input;
    if (rotates && passwordVersion !== undefined)
      await rotate(client, active, { ...rotationOf(input), passwordVersion });
    return { ...report, warnings };
  });
}

/**
 * What is to be done, and whether the secret changes, and `ready`, which writes the secret that belongs to it: before the database knows the password, so
 * that whatever happens in between, the next run finds it there.
 */
export async function planWithSecret(
  client: ClientBase,
  target: Target,
  input: SecretInput,
): Promise<{
  planned: Plan;
  writes: boolean;
  /** The target with that database role first which the secret names. */
  active: Target;
  ready(): Promise<{ rotates: boolean; password: string }>;
}> {
  const { store, server, passwordVersion } = input;
  let found = input.facts ?? (await inspect(client, target));
  requireOwnership(found, target);
  await store.requireWritable?.();
  if (found.databaseRole?.ownership && !input.readOnly) {
    const existing = found.otherDatabaseRole
      ? withFoundRole(target, found)
      : { ...target, otherDatabaseRole: undefined };
    if (await finishRotation(client, existing, rotationOf(input))) found = await inspect(client, target);
  }
  const text = await store.read('AWSCURRENT');
  const known = parseSecretValue(text);
  requireFirstRole(found, target, { store, known });
  const views = eachView({ target, facts: found });
  const view = views.find(({ target: { databaseRole } }) => databaseRole === known.username) ?? views[0];
  const { target: active, facts } = view;
  const signsIn = async () =>
    known.password !== undefined && canSignIn({ ...server, user: active.databaseRole, password: known.password });
  if (!input.newSecret) await requireKnownSecret(facts, active, { ...input, text, known, signsIn });
  const administrator = await administratorPassword(client, facts, active, {
    wanted: input.administrator,
    secret: known,
    store,
    signsIn,
  });
  const { password: ofAdministrator, ...seed } = administrator;
  const { host, port } = server;
  const { database, schema, databaseRole } = active;
  const umami = endpointOfUmami(input, known, active);
  const made = secretValue({ host, port, umami, database, schema, databaseRole }, known, ofAdministrator);
  const differs =
    passwordVersion !== undefined && known.password !== undefined && known.passwordVersion !== passwordVersion;
  // An update that makes the second database role may be undone: then the secret has to name the first one.
  const postponed = differs && active.otherDatabaseRole !== undefined && !facts.otherDatabaseRole;
  const rotates = differs && !postponed && !(await isUndone(store, active, passwordVersion));
  if (rotates) await requireUnused(client, active);
  const value = differs || passwordVersion === undefined ? made : { ...made, passwordVersion };
  const signIn = { ...server, user: databaseRole, password: value.password };
  let isRefused = false;
  const planned = await plan(client, view, {
    ...input,
    ...seed,
    password: value.password,
    canSignIn: async () => {
      isRefused = !(await canSignIn(signIn));
      return !isRefused;
    },
  });
  const replaced = isRefused && known.password !== undefined && facts.databaseRole?.ownership?.id === target.owner.id;
  const later = `Database role ${active.otherDatabaseRole} is made only now: the next update gives it a password and puts it into the secret, for \`passwordVersion\` ${passwordVersion}.`;
  const warnings = [
    ...planned.warnings,
    ...(postponed ? [later] : []),
    ...(replaced
      ? [
          `${store.name} holds another password than database role ${databaseRole} has: it gets the one of the secret, and anything that signs in with another one is refused from then on.`,
        ]
      : []),
  ];
  // By value: every write makes a version of the secret, and the order of its keys says nothing.
  const writes = !isDeepStrictEqual(parseSecretValue(text), value);
  return {
    planned: { ...planned, warnings },
    writes,
    active,
    ready: async () => {
      if (writes) await store.write(value);
      return { rotates, password: value.password };
    },
  };
}

function endpointOfUmami(
  { server, umami }: Pick<SecretInput, 'server' | 'umami'>,
  known: Partial<SecretValue>,
  { databaseRole }: Target,
): Endpoint {
  const kept = known.username === databaseRole ? umamiEndpoint(known) : undefined;
  if (umami?.host !== undefined) return { host: umami.host, port: umami.port ?? server.port };
  const { host, port } = kept ?? server;
  return { host, port: umami?.port ?? port };
}

/**
 * Whether CloudFormation undoes a rotation: then another one would change the password of the database role that tasks
 * still use. Where there is one only, the password that they use was changed already.
 */
async function isUndone(store: SecretStore, { otherDatabaseRole }: Target, passwordVersion: string): Promise<boolean> {
  if (otherDatabaseRole === undefined) return false;
  return parseSecretValue(await store.read('AWSPREVIOUS')).passwordVersion === passwordVersion;
}

/**
 * Without alternation the secret has to name the first database role: tasks sign in with what it says.
 *
 * @throws ProvisionError with the command that puts the first one into the secret
 */
function requireFirstRole(
  found: Inspection,
  target: Target,
  { store, known }: { store: SecretStore; known: Partial<SecretValue> },
): void {
  const { schema, databaseRole, otherDatabaseRole, owner } = target;
  if (otherDatabaseRole !== undefined || known.username !== secondDatabaseRole(databaseRole)) return;
  // Somebody else's: it is the secret of another database role.
  if (found.otherDatabaseRole && withFoundRole(target, found) === target) return;
  throw new ProvisionError(
    `\`alternatingDatabaseRoles\` is off, but ${store.name} names database role ${known.username}: nothing was changed. Leave it on, restart Umami's tasks, and run: npx umami-db rotate --owner '${owner.name}' --schema '${schema}' --database-role '${databaseRole}'. Then restart the tasks again, and switch it off.`,
  );
}
