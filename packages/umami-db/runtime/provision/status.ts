import type { ClientBase } from 'pg';
import { eachView, type View } from '../inspection/alternation';
import type { Found, Inspection } from '../inspection/facts';
import { holdsUmami1 } from '../inspection/umami-1';
import { knownMigrations, wantedMigrations } from '../migrations/known-migrations';
import { bridgeWarning } from '../steps/bridge';
import type { History } from '../steps/planning';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { type Deviations, deviations } from './detect-release';
import { ANY_PASSWORD, type Plan, plan } from './plan';

export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Began and did not end: Umami refuses to start (P3009). */
  readonly failed: readonly string[];
  /** Beyond the target. */
  readonly ahead: readonly string[];
}

/** What is there, and what keeps a provisioning from going on. */
export interface Status {
  readonly facts: Inspection;
  /** @default - the ledger may not be read */
  readonly migrations?: MigrationStatus;
  /** @default - there are no tables, or what they should be is not known */
  readonly tables?: Deviations;
  /** What is there for a while only, and how to remove it. */
  readonly temporary: readonly string[];
  /** Each in a sentence or two, with the fix. Empty when a provisioning would go on, or find nothing to do. */
  readonly problems: readonly string[];
}

/** Reads only: what would make a provisioning fail becomes a problem of the status. */
export async function readStatus(client: ClientBase, view: View): Promise<Status> {
  const { target, facts } = view;
  try {
    const planned = await plan(client, { target: { ...target, adopt: true }, facts }, ANY_PASSWORD);
    return await statusOf(client, view, planned);
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    const known = facts.unreadableFor === undefined && facts.schema !== undefined && !holdsUmami1(facts, target);
    const migrations = known ? fromLedger(facts, target) : undefined;
    return { facts, migrations, temporary: [], problems: [...unmarked(view), error.message] };
  }
}

/** The same of what can be planned. */
export async function statusOf(client: ClientBase, view: View, planned: Plan): Promise<Status> {
  const { target, facts } = view;
  const { history, facts: seen, bridged } = planned;
  const tables = await deviationsOf(client, target, history);
  return {
    facts,
    migrations: { ...history, pending: history.pending.map(({ name }) => name), failed: seen.failed },
    tables,
    temporary: bridged ? [bridgeWarning(target)] : [],
    problems: [...unmarked(view), ...wrongTables(target, tables)],
  };
}

/** What has no ownership comment, and is not adopted. */
function unmarked({ target, facts }: View): string[] {
  return [
    ...(holdsUmami1(facts, target) ? [] : withoutComment(`Schema ${target.schema}`, facts.schema, target)),
    ...eachView({ target, facts }).flatMap((view) =>
      withoutComment(`Database role ${view.target.databaseRole}`, view.facts.databaseRole, target),
    ),
  ];
}

/** Tables against the ledger: where that knows nothing but what is known here, and was not read off the tables itself. */
async function deviationsOf(
  client: ClientBase,
  target: Target,
  { applied, unrecorded, ahead }: History,
): Promise<Deviations | undefined> {
  const isKnown = ahead.every((migration) => applied.includes(migration));
  if (applied.length === 0 || unrecorded.length > 0 || !isKnown) return undefined;
  return deviations(client, target, applied.length);
}

function wrongTables({ schema }: Target, tables: Deviations | undefined): string[] {
  if (!tables || tables.wrong.length === 0) return [];
  return [
    `The tables of schema ${schema} are not what its ledger says: ${tables.wrong.join(', ')}. Provisioning does not repair that: restore them from a backup, or undo the difference by hand.`,
  ];
}

function withoutComment(what: string, found: Found | undefined, { adopt }: Target): string[] {
  if (!found || found.ownership || adopt) return [];
  return [`${what} has no ownership comment: it is left alone, unless it is adopted with \`adopt\`.`];
}

/** What the ledger says by itself, where the tables cannot be compared. */
function fromLedger({ applied, failed }: Inspection, target: Target): MigrationStatus {
  const known = new Set(knownMigrations(target).map(({ name }) => name));
  const wanted = new Set(wantedMigrations(target).map(({ name }) => name));
  return {
    applied: applied.filter((migration) => known.has(migration)),
    pending: [...wanted].filter((migration) => !applied.includes(migration)),
    failed,
    ahead: applied.filter((migration) => !wanted.has(migration)),
  };
}
