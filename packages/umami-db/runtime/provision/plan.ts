import type { ClientBase } from 'pg';
import { checkServer, type Server } from '../connection/server';
import { eachRole, eachView, type View } from '../inspection/alternation';
import { checkDatabase } from '../inspection/check-database';
import { requireNoDependents } from '../inspection/dependents';
import { duplicateWarnings } from '../inspection/duplicates';
import type { Inspection } from '../inspection/facts';
import { inspect } from '../inspection/inspect';
import { readLedgers, withRightsOf } from '../inspection/ledgers';
import { type OwnerChange, ownerChange } from '../inspection/owner-change';
import { requireAdoptable, requireOwnership } from '../inspection/ownership';
import { isFurther } from '../migrations/index';
import { PRIVILEGES_SQL } from '../sql/facts.sql';
import { PRISMA_LEDGER } from '../sql/privileges';
import { scramVerifier } from '../sql/scram';
import { bridgeWarnings, hasBridge, planBridge } from '../steps/bridge';
import { planDatabaseRole } from '../steps/database-role';
import { furtherSections } from '../steps/further';
import { planMigrations } from '../steps/migrations';
import { planMembershipRevokes, planSchemaOwners, planTableOwners } from '../steps/ownership';
import type { History, Planning, Privileges } from '../steps/planning';
import { planPrivileges } from '../steps/privileges';
import { planComments, planSchemas } from '../steps/schemas';
import { planSettings } from '../steps/settings';
import { type Section, statements } from '../steps/statement';
import { planStatistics, planTableLocks } from '../steps/table-locks';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { dropRole } from './drop-role';
import { readHistory } from './history';
import { requireRights } from './rights';
import { requireFewRows } from './row-limit';
import { requireTables } from './scratch';
import { superfluousRole } from './superfluous-role';
import { tryFurther } from './trial';

/** What a plan needs of the outside. */
export interface PlanInput {
  /** Password of the database role. */
  readonly password: string;
  /**
   * bcrypt hash for Umami's administrator: with the tables, or with a reclaimed database role, which gets a new password. @default - none is made, and one that is there is left alone
   */
  readonly administratorPasswordHash?: string;
  /** Whether the role can sign in with the password; asked only when the role exists already. */
  canSignIn(): Promise<boolean>;
  /** Most rows of a table that a migration may rewrite. @default - any number */
  readonly rowLimit?: number;
  /**
   * Options of the command line that lead to the same server and secret, for the message of {@link rowLimit}.
   *
   * @default - what has to be put in
   */
  readonly reachedBy?: string;
  /** Refuses to plan for a schema that is beyond the release that was asked for. @default false, it is reported */
  readonly refuseAhead?: boolean;
  /** Whether the earlier owner of schema and database role is gone: any event but the first. @default false */
  readonly settled?: boolean;
}

/** What is to be done, and nothing of it done yet. */
export interface Plan {
  readonly server: Server;
  readonly facts: Inspection;
  readonly history: History;
  /** Whether the tables have the temporary column for Umami 3.1 now. */
  readonly bridged: boolean;
  /** What works today and may not tomorrow. */
  readonly warnings: readonly string[];
  /** In order; a section without statements has nothing to do. */
  readonly sections: readonly Section[];
}

/** What to plan with where only the rest of the plan matters. */
export const ANY_PASSWORD: PlanInput = { password: '', canSignIn: async () => true };

/** {@link plan} of what exists now. */
export async function inspectAndPlan(client: ClientBase, target: Target, input: PlanInput): Promise<Plan> {
  return plan(client, { target, facts: await inspect(client, target) }, input);
}

/**
 * @param view the target, and what {@link inspect} found of it
 * @throws ProvisionError when a provisioning would fail; nothing is changed then
 */
export async function plan(client: ClientBase, { target, facts: seen }: View, input: PlanInput): Promise<Plan> {
  const server = await checkServer(client, target.limits.connections * eachRole(target).length);
  requireOwnership(seen, target);
  requireAdoptable(seen, target);
  const ofDatabase = await checkDatabase(client, seen, target);
  const change = ownerChange(seen, target);
  const joined = change.join.filter((role) => seen.rights.has(role));
  const isUsable = (role: string) => joined.includes(role) || (seen.rights.get(role)?.usable ?? false);
  const reread = async () => ({ ...seen, ...(await readLedgers(client, target, seen.objects, isUsable)) });
  const facts = joined.length > 0 ? await withRightsOf(client, seen.administrator, joined, reread) : seen;
  requireAdoptable(facts, target);
  const history = await readHistory(client, facts, target);
  requireNotAhead(history, target, input);
  await requireNoDependents(client, target, history.pending);
  const { rowLimit: limit, reachedBy = '--admin-secret <ARN> --secret <ARN>' } = input;
  if (limit !== undefined) {
    const check = () => requireFewRows(client, { target, facts, pending: history.pending, limit, reachedBy });
    await withRightsOf(client, seen.administrator, joined, check);
  }
  const duplicates = await withRightsOf(client, seen.administrator, joined, () =>
    duplicateWarnings(client, { target, facts, pending: history.pending }),
  );
  const planning: Planning = {
    target,
    facts,
    ...history,
    passwordVerifier: await verifierFor(facts, input),
    seed: { administratorPasswordHash: input.administratorPasswordHash },
    ownerChange: change,
    bridged: await hasBridge(client, target),
    privileges: await privilegesOf(client, facts, target, change),
    settled: input.settled ?? false,
  };
  const other = await planningOfOther(client, planning);
  const superfluous = await superfluousRole(client, planning);
  const sections = [...sectionsOf(planning, other), ...dropping(superfluous)];
  requireRights(planning, [other, superfluous], sections);
  if (history.pending.length > 0) await requireTables(client);
  await tryFurther(client, target, history.pending);
  return {
    server,
    facts,
    history,
    bridged: planning.bridged,
    warnings: [...server.warnings, ...ofDatabase, ...duplicates, ...bridgeWarnings(planning)],
    sections,
  };
}

/** The same for the other database role. @returns undefined where there is one only */
async function planningOfOther(client: ClientBase, planning: Planning): Promise<Planning | undefined> {
  const [, other] = eachView(planning);
  if (!other) return undefined;
  const privileges = await privilegesOf(client, other.facts, other.target, other.ownerChange);
  // Those who owned the tables are granted their use once.
  return { ...other, passwordVerifier: undefined, privileges, ownerChange: { ...other.ownerChange, former: [] } };
}

function dropping(superfluous: View | undefined): Section[] {
  return superfluous ? [{ name: 'second database role', statements: statements(...dropRole(superfluous)) }] : [];
}

function sectionsOf(all: Planning, other: Planning | undefined): Section[] {
  const pending = all.pending.filter((migration) => !isFurther(migration));
  const planning = { ...all, pending };
  const both = other ? [planning, { ...other, pending }] : [planning];
  return [
    {
      name: 'database role and schema',
      statements: [...both.flatMap(planDatabaseRole), ...planSchemas(planning)],
    },
    {
      name: 'migrations',
      statements: [
        ...planSchemaOwners(planning),
        ...planTableLocks(planning),
        ...planComments(planning),
        ...planMigrations(planning),
        ...planBridge(planning),
        ...planStatistics(planning),
        ...planTableOwners(planning),
        ...both.flatMap(planPrivileges),
        ...planMembershipRevokes(planning),
      ],
    },
    ...furtherSections(all, other),
    { name: 'privileges and settings', statements: both.flatMap(planSettings) },
  ];
}

function requireNotAhead({ ahead }: History, { umamiVersion, schema }: Target, { refuseAhead }: PlanInput): void {
  if (!refuseAhead || umamiVersion === undefined || ahead.length === 0) return;
  throw new ProvisionError(
    `Schema ${schema} is beyond Umami ${umamiVersion}: it has ${ahead.join(', ')}. A migration cannot be undone: it drops what older releases need. Restore a snapshot, or leave the schema as it is.`,
  );
}

async function verifierFor({ databaseRole }: Inspection, { password, canSignIn }: PlanInput) {
  return databaseRole?.canLogin && (await canSignIn()) ? undefined : scramVerifier(password);
}

async function privilegesOf(client: ClientBase, facts: Inspection, target: Target, { owner }: OwnerChange) {
  if (!facts.databaseRole || !facts.schema) return undefined;
  const values = [target.databaseRole, target.schema, PRISMA_LEDGER, owner];
  return (await client.query<Privileges>(PRIVILEGES_SQL, values)).rows[0];
}
