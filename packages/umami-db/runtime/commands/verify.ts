import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { hasStore, type Session, storeOf, withSession } from '../cli/session';
import { attemptInWords, attemptsInWords, inWords } from '../cli/words';
import { type ConnectionOptions, connect } from '../connection/connect';
import { activeTarget } from '../inspection/alternation';
import { findAllRights } from '../inspection/find-all-rights';
import { findReaders } from '../isolation/find-readers';
import type { Finding } from '../isolation/finding';
import { type IsolationReport, verifyIsolation } from '../isolation/verify-isolation';
import { updateNotes } from '../migrations/security-notes';
import { allChangesOf } from '../provision/changes';
import type { Deviations } from '../provision/detect-release';
import { ANY_PASSWORD, inspectAndPlan, type Plan } from '../provision/plan';
import { deviationsOf } from '../provision/status';
import { planWithSecret } from '../secret/provision-with-secret';
import { requireUsable } from '../secret/require-usable';
import { isInterrupted } from '../secret/rotate';
import { parseSecretValue } from '../secret/secret-value';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { VerifyAnswer } from '../verification/answer';
import { makeReadOnly } from '../verification/read-only';
import { verifyAnswer } from '../verification/verify';

/** `application_name` of the escape attempts: each that is refused is an ERROR in the server's log, as it should be. */
const APPLICATION_NAME = 'user-metrics-verify';

/** Exit code of a check that found something. */
const FOUND = 3;

export async function verifyCommand(flags: Flags, output: Output): Promise<number> {
  return withSession(flags, async (session) => {
    const found = await output.whileRunning(() => check(session, flags));
    const answer = flags.json ? await output.whileRunning(() => answerOf(session, flags)) : {};
    const { missing, tables, updates, reachable, attempted, interrupted, unusable, warnings } = found;
    const isolated = attempted?.isolated ?? !reachable.some(({ fails }) => fails);
    const { wrong = [], added = [] } = tables ?? {};
    const holds = missing.length === 0 && wrong.length === 0 && isolated && !interrupted && unusable === undefined;
    output.result(
      {
        ...answer,
        holds,
        interrupted,
        unusable: unusable ?? null,
        updates,
        reachable,
        attempts: attempted?.attempts ?? null,
        signIn: hasStore(flags) ? 'tried' : 'not tried',
      },
      [
        ...missing.map((sql) => `missing: ${sql}`),
        ...wrong.map((line) => `not as the ledger says: ${line}`),
        ...added.map((line) => `${line}, which Umami does not need`),
        ...(interrupted ? ['A change of the password was interrupted: rotate or provision completes it.'] : []),
        ...(unusable === undefined ? [] : [unusable]),
        ...warnings.map((warning) => `Warning: ${warning}`),
        ...updates,
        ...reachable.map((finding) => `${finding.fails ? 'must be revoked' : 'reachable'}: ${inWords(finding)}`),
        ...(attempted ? [...attempted.unexpected.map(attemptInWords), attemptsInWords(attempted)] : []),
        holds ? 'Everything is as it should be.' : 'It is not as it should be.',
        ...(missing.length > 0 ? ['`umami-db script` prints what is missing.'] : []),
        ...(wrong.length > 0 ? ['Tables that changed must be restored from a backup, or repaired by hand.'] : []),
        ...(hasStore(flags) ? [] : ['Signing in was not tried: give --secret or --secret-file.']),
      ],
    );
    return holds ? 0 : FOUND;
  });
}

/** What the verification function answers; the escape attempts that need a transaction which writes come on top. */
async function answerOf({ client, server, target }: Session, flags: Flags): Promise<VerifyAnswer> {
  await makeReadOnly(client);
  const store = hasStore(flags) ? storeOf(flags) : undefined;
  return verifyAnswer({ client, server, target, store, administrator: flags.umamiAdministrator ?? 'generated' });
}

/** The plan without a change, and without a secret unless one is given. */
async function readOnlyPlan({ client, server, target }: Session, flags: Flags): Promise<Plan> {
  if (!hasStore(flags)) return inspectAndPlan(client, target, ANY_PASSWORD);
  const input = { server, store: storeOf(flags), administrator: flags.umamiAdministrator ?? 'generated' };
  return (await planWithSecret(client, target, { ...input, readOnly: true })).planned;
}

interface Found {
  readonly missing: readonly string[];
  /** @default - there are no tables, or what they should be is not known */
  readonly tables?: Deviations;
  readonly reachable: readonly Finding[];
  /** @default - something is missing, or there is no secret to sign in with */
  readonly attempted?: IsolationReport;
  readonly interrupted: boolean;
  /** Why Umami could not work with what there is. @default - it could, or something is missing, or there is no secret */
  readonly unusable?: string;
  readonly warnings: readonly string[];
  /** Faults of the images that fit the schema. */
  readonly updates: readonly string[];
}

async function check(session: Session, flags: Flags): Promise<Found> {
  const planned = await readOnlyPlan(session, flags);
  const missing = allChangesOf(planned);
  const tables = await deviationsOf(session.client, session.target, planned.history);
  const store = hasStore(flags) ? storeOf(flags) : undefined;
  const { password, username } = parseSecretValue(await store?.read('AWSCURRENT'));
  const active = activeTarget(session.target, username);
  const reachable = await findAllRights(session.client, active, planned.facts);
  const interrupted = store !== undefined && (await isInterrupted(store, session.target));
  const warnings = [...planned.warnings, ...(await findReaders(session.client, session.target))];
  const updates = updateNotes(planned.history.applied);
  const common = { updates, missing, tables, reachable, interrupted, warnings };
  if (!planned.facts.databaseRole || password === undefined) return common;
  const signIn = { ...session.server, user: active.databaseRole, password };
  try {
    warnings.push(...(await requireUsable(session.client, active, signIn)));
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    return { ...common, unusable: error.message };
  }
  return missing.length > 0 ? common : { ...common, attempted: await attempt(active, signIn) };
}

/** Signs in as the database role and makes every escape attempt. */
async function attempt(target: Target, signIn: ConnectionOptions): Promise<IsolationReport> {
  const signedIn = (database: string) =>
    connect({ ...signIn, database, applicationName: APPLICATION_NAME }, { retries: 0 });
  const role = await signedIn(target.database);
  try {
    return await verifyIsolation(role, target, async (database) => (await signedIn(database)).end());
  } finally {
    await role.end();
  }
}
