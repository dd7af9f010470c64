import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { hasStore, type Session, storeOf, withSession } from '../cli/session';
import { attemptInWords, attemptsInWords, inWords } from '../cli/words';
import { type ConnectionOptions, connect } from '../connection/connect';
import { type IsolationReport, verifyIsolation } from '../isolation/verify-isolation';
import { updateNotes } from '../migrations/security-notes';
import { allChangesOf } from '../provision/changes';
import type { Plan } from '../provision/plan';
import { requireUsable } from '../secret/require-usable';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { type Found, planOnly, readFound } from '../verification/found';
import { makeReadOnly } from '../verification/read-only';
import { answerOf } from '../verification/verify';

/** `application_name` of the escape attempts: each that is refused is an ERROR in the server's log, as it should be. */
const APPLICATION_NAME = 'user-metrics-verify';

/** Exit code of a check that found something. */
const FOUND = 3;

export async function verifyCommand(flags: Flags, output: Output): Promise<number> {
  return withSession(flags, async (session) => {
    const store = hasStore(flags) ? storeOf(flags) : undefined;
    const input = { ...session, store, administrator: flags.umamiAdministrator ?? 'generated' };
    const { plan, found, unusable, attempted, warnings } = await output.whileRunning(async () => {
      const planned = await planOnly(input);
      const read = await readFound(input, planned);
      return { plan: planned, found: read, ...(await trySignIn(session, planned, read)) };
    });
    const answer = flags.json ? await output.whileRunning(() => readOnlyAnswer(input, { ...found, plan })) : {};
    const { reachable, interrupted, status } = found;
    const missing = allChangesOf(plan);
    const updates = updateNotes(plan.history.applied);
    const isolated = attempted?.isolated ?? !reachable.some(({ fails }) => fails);
    const { wrong = [], added = [] } = status.tables ?? {};
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
        signIn: store ? 'tried' : 'not tried',
      },
      [
        ...missing.map((sql) => `missing: ${sql}`),
        ...wrong.map((line) => `not as the ledger says: ${line}`),
        ...added.map((line) => `${line}, which Umami does not need`),
        ...(interrupted ? ['A change of the password was interrupted: rotate or provision completes it.'] : []),
        ...(unusable === undefined ? [] : [unusable]),
        ...[...found.warnings, ...warnings].map((warning) => `Warning: ${warning}`),
        ...updates,
        ...reachable.map((finding) => `${finding.fails ? 'must be revoked' : 'reachable'}: ${inWords(finding)}`),
        ...(attempted ? [...attempted.unexpected.map(attemptInWords), attemptsInWords(attempted)] : []),
        holds ? 'Everything is as it should be.' : 'It is not as it should be.',
        ...(missing.length > 0 ? ['`umami-db script` prints what is missing.'] : []),
        ...(wrong.length > 0 ? ['Tables that changed must be restored from a backup, or repaired by hand.'] : []),
        ...(store ? [] : ['Signing in was not tried: give --secret or --secret-file.']),
      ],
    );
    return holds ? 0 : FOUND;
  });
}

/** What the verification function answers; the escape attempts that need a transaction which writes come on top. */
async function readOnlyAnswer(...given: Parameters<typeof answerOf>): ReturnType<typeof answerOf> {
  await makeReadOnly(given[0].client);
  return answerOf(...given);
}

interface SignInResult {
  /** @default - something is missing, or there is no secret to sign in with */
  readonly attempted?: IsolationReport;
  /** Why Umami could not work with what there is. @default - it could, or there is no secret */
  readonly unusable?: string;
  readonly warnings: readonly string[];
}

/** Does what Umami does, and then, unless something is missing, what it must not be able to do. */
async function trySignIn(
  { client, server }: Session,
  planned: Plan,
  { active, secret: { password } }: Found,
): Promise<SignInResult> {
  if (!planned.facts.databaseRole || password === undefined) return { warnings: [] };
  const signIn = { ...server, user: active.databaseRole, password };
  const warnings = await requireUsable(client, active, signIn).catch((error) => {
    if (error instanceof ProvisionError) return error;
    throw error;
  });
  if (warnings instanceof ProvisionError) return { warnings: [], unusable: warnings.message };
  if (allChangesOf(planned).length > 0) return { warnings };
  return { warnings, attempted: await attempt(active, signIn) };
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
