import { connect } from '../connection/connect';
import { canSignIn } from '../connection/sign-in';
import { findRights } from '../isolation/find-rights';
import type { Finding } from '../isolation/finding';
import { type IsolationReport, verifyIsolation } from '../isolation/verify-isolation';
import { withProvisioningLock } from '../provision/lock';
import { type Plan, plan } from '../provision/plan';
import { rollback } from '../provision/rollback';
import { script } from '../provision/script';
import { planWithSecret, provisionWithSecret, type SecretInput } from '../secret/provision-with-secret';
import { rotate } from '../secret/rotate';
import { parseSecretValue } from '../secret/secret-value';
import type { Flags } from './options';
import { Output } from './output';
import { hasStore, type Session, storeOf, withSession } from './session';

/** Exit code of a check that found something. */
const FOUND = 3;

type Exit = number;

export async function provisionCommand(flags: Flags & { dryRun?: boolean }): Promise<Exit> {
  const output = new Output(flags.json ?? false);
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const input: SecretInput = {
      server,
      store,
      administrator: flags.umamiAdministrator,
      refuseAhead: true,
      onStep: output.onStep,
      onMigration: output.onMigration,
    };
    if (flags.dryRun) {
      const { planned } = await planWithSecret(client, target, { ...input, readOnly: true });
      output.result(summary(planned), [...changes(planned), 'Nothing was changed: this was a dry run.']);
      return 0;
    }
    const report = await output.whileRunning(() => provisionWithSecret(client, target, input));
    output.result(report, [
      `Schema ${target.schema} has ${report.present} migrations, ${report.applied.length} of them applied now.`,
      ...report.ahead.map((migration) => `Ahead of the target, left as it is: ${migration}`),
      ...report.reachable.map((finding) => `Reachable outside the schema: ${inWords(finding)}`),
      ...report.warnings.map((warning) => `Warning: ${warning}`),
    ]);
    return 0;
  });
}

export async function scriptCommand(flags: Flags): Promise<Exit> {
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const input = { server, store, administrator: flags.umamiAdministrator, refuseAhead: true };
    const text = await withProvisioningLock(client, async () => {
      const { planned, ready } = await planWithSecret(client, target, input);
      await ready();
      return script(planned, target);
    });
    new Output(flags.json ?? false).result({ sql: text }, [text.trimEnd()]);
    return 0;
  });
}

export async function statusCommand(flags: Flags): Promise<Exit> {
  return withSession(flags, async (session) => {
    const { facts, history } = await look(session, flags, { adopt: true });
    const owner = (mark: { name: string; id: string } | undefined) => (mark ? `${mark.name} (${mark.id})` : 'nobody');
    const status = {
      server: facts.administrator.majorVersion,
      schema: facts.schema ? { owner: owner(facts.schema.mark), databaseRole: facts.schema.owner } : null,
      databaseRole: facts.databaseRole ? { owner: owner(facts.databaseRole.mark) } : null,
      applied: history.applied,
      pending: history.pending.map(({ name }) => name),
      failed: facts.failed,
      ahead: history.ahead,
    };
    new Output(flags.json ?? false).result(status, [
      `Schema ${flags.schema}: ${status.schema ? `belongs to ${status.schema.owner}` : 'does not exist'}`,
      `Database role ${flags.databaseRole}: ${status.databaseRole ? `belongs to ${status.databaseRole.owner}` : 'does not exist'}`,
      `Migrations: ${status.applied.length} applied, ${status.pending.length} pending, ${status.ahead.length} ahead of the target`,
      ...status.pending.map((migration) => `  pending: ${migration}`),
      ...status.ahead.map((migration) => `  ahead: ${migration}`),
    ]);
    return 0;
  });
}

export async function verifyCommand(flags: Flags): Promise<Exit> {
  return withSession(flags, async (session) => {
    const planned = await look(session, flags);
    const missing = statementsOf(planned);
    const attempted = missing.length === 0 && hasStore(flags) ? await attempt(session, flags) : undefined;
    const reachable = planned.facts.databaseRole ? await findRights(session.client, session.target) : [];
    const isolated = attempted?.isolated ?? !reachable.some(({ fails }) => fails);
    const holds = missing.length === 0 && isolated;
    const tried = attempted && summaryOf(attempted);
    new Output(flags.json ?? false).result(
      {
        holds,
        missing,
        reachable,
        attempts: attempted?.attempts ?? null,
        signIn: hasStore(flags) ? 'tried' : 'not tried',
      },
      [
        ...missing.map((sql) => `missing: ${sql.split('\n')[0]}`),
        ...reachable.map((finding) => `${finding.fails ? 'must be closed' : 'reachable'}: ${inWords(finding)}`),
        ...(tried ? [tried] : []),
        holds
          ? 'Everything is as it should be.'
          : 'It is not as it should be. `umami-db script` prints what is missing.',
        ...(hasStore(flags) ? [] : ['Signing in was not tried: give --secret or --secret-file.']),
      ],
    );
    return holds ? 0 : FOUND;
  });
}

/** Signs in as the database role and tries every way out of the schema. */
async function attempt({ server, target }: Session, flags: Flags): Promise<IsolationReport> {
  const { password } = parseSecretValue(await storeOf(flags).read('AWSCURRENT'));
  const signedIn = (database: string) =>
    connect({ ...server, database, user: target.databaseRole, password: password ?? '' }, { retries: 0 });
  const role = await signedIn(target.database);
  try {
    return await verifyIsolation(role, target, async (database) => (await signedIn(database)).end());
  } finally {
    await role.end();
  }
}

function summaryOf({ attempts }: IsolationReport): string {
  const count = (outcome: string) => attempts.filter((one) => one.outcome === outcome).length;
  return `${attempts.length} ways out were tried as the database role: ${count('blocked')} blocked, ${count('allowed')} allowed, ${count('not tried')} not tried (--json shows each).`;
}

/** What is reachable, by whom it was granted, what would close it, and whom that affects. */
function inWords({ object, privileges, via, close, affects }: Finding): string {
  const others = affects.length > 0 ? `, which also affects ${affects.join(', ')}` : '';
  return `${privileges} on ${object} by a grant to ${via}; closed by: ${close};${others}`;
}

export async function rotateCommand(flags: Flags & { dryRun?: boolean }): Promise<Exit> {
  const output = new Output(flags.json ?? false);
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    if (flags.dryRun) {
      output.result({ wouldRotate: target.databaseRole }, [
        `Database role ${target.databaseRole} would get a new password. Nothing was changed: this was a dry run.`,
      ]);
      return 0;
    }
    const signsIn = (password: string) => canSignIn({ ...server, user: target.databaseRole, password });
    const { outcome } = await rotate(client, target, { store, signsIn });
    const finished = outcome === 'finished' ? ' An earlier change that was broken off was brought to its end.' : '';
    output.result({ outcome }, [
      `Database role ${target.databaseRole} has a new password, and signed in with it.${finished} Restart Umami's tasks.`,
    ]);
    return 0;
  });
}

export async function rollbackCommand(flags: Flags & { dryRun?: boolean; force?: boolean }): Promise<Exit> {
  return withSession(flags, async ({ client, target, connectTo }) => {
    const { dryRun = false, force = false } = flags;
    const report = await rollback(client, target, { connectTo, dryRun, force });
    new Output(flags.json ?? false).result(report, [
      ...report.removed.map((what) => `${dryRun ? 'would be removed' : 'removed'}: ${what}`),
      ...report.kept.map((what) => `kept: ${what}`),
      ...(report.removed.length + report.kept.length === 0 ? ['There is nothing to remove.'] : []),
    ]);
    return 0;
  });
}

/** The plan without a change, and without a secret unless one is given. */
async function look(
  { client, server, target }: Session,
  flags: Flags,
  differing: { adopt?: boolean } = {},
): Promise<Plan> {
  const wanted = { ...target, ...differing };
  if (!hasStore(flags)) return plan(client, wanted, { password: '', canSignIn: async () => true });
  const input = { server, store: storeOf(flags), administrator: flags.umamiAdministrator ?? 'generated' };
  return (await planWithSecret(client, wanted, { ...input, readOnly: true })).planned;
}

function statementsOf({ sections }: Plan): string[] {
  return sections.flatMap(({ statements }) => statements.map(({ sql }) => sql.trim()));
}

function summary(planned: Plan): object {
  const sections = planned.sections.map(({ name, statements }) => ({ name, statements: statements.length }));
  return { dryRun: true, sections, pending: planned.history.pending.map(({ name }) => name) };
}

function changes({ sections, history }: Plan): string[] {
  return [
    ...sections.map(({ name, statements }) => `${name}: ${statements.length} statements`),
    ...history.pending.map(({ name }) => `  would apply ${name}`),
  ];
}
