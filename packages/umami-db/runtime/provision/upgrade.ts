import type { ClientBase } from 'pg';
import type { View } from '../inspection/alternation';
import { countDuplicates } from '../inspection/duplicates';
import { withRightsOf } from '../inspection/ledgers';
import { ownerChange } from '../inspection/owner-change';
import { EFFECTS, type Effect, exclusive, type LockMode, type RowChange, worksMeanwhile } from '../migrations/effects';
import { isFurther, type Migration } from '../migrations/index';
import { knownMigrations, releaseOf } from '../migrations/known-migrations';
import { literal, qualified } from '../sql/identifiers';
import { migratedTables } from '../steps/table-locks';
import type { Target } from '../target/target';
import { ANY_PASSWORD, type Plan, plan } from './plan';

/** Rows of a table that are counted one by one; of a larger table PostgreSQL's estimate is taken. */
const COUNTED = 100_000;

/** Seconds that all 26 migrations take in an empty schema, at most. */
const BASE_SECONDS = 0.5;

/** How many rows a table has, or how many of them change. */
export interface RowCount {
  readonly table: string;
  readonly rows: number;
  /** Whether they were counted; otherwise it is the estimate of PostgreSQL's statistics. */
  readonly exact: boolean;
}

/** What a pending migration will do to tables that exist. */
export interface MigrationEffect {
  readonly name: string;
  /** The strongest lock that the migration itself needs on each table. @default - not known, and neither is the rest */
  readonly locks?: Readonly<Record<string, LockMode>>;
  /** Rows that change: of `updates` at most so many, of the others exactly so many. */
  readonly rows: readonly (RowCount & { readonly change: RowChange })[];
  /** @default - not known: the package does not have the migration */
  readonly seconds?: number;
}

/** From the release of a schema to another one. */
export interface Upgrade {
  /** Release of Umami that the schema has, e.g. `3.1`, and its last migration. */
  readonly from: { readonly release: string; readonly migration: string };
  readonly to: { readonly release: string; readonly migration: string };
  readonly migrations: readonly MigrationEffect[];
  /** Tables that the one transaction locks in ACCESS EXCLUSIVE mode from its beginning to its end. */
  readonly locked: readonly string[];
  /** Of the migrations that the package has. */
  readonly seconds: number;
  /** Whether a container of the release that the schema has works meanwhile and afterwards. */
  readonly runningRelease: 'yes' | 'no' | 'not tried';
  /** What is necessary for it, or would change it: the temporary column of `--bridge`. @default - it makes no difference */
  readonly bridge?: 'planned' | 'possible';
}

/** A plan as provisioning would make it, and what it means for an Umami that runs. */
export interface UpgradePlan {
  readonly plan: Plan;
  /** @default - no migration is pending, or there are no tables yet */
  readonly upgrade?: Upgrade;
}

/**
 * Finds out what a provisioning would do to a schema that has tables; nothing is changed.
 *
 * @throws ProvisionError when a provisioning would fail, or the schema is beyond the release that was asked for
 */
export async function planUpgrade(client: ClientBase, { target, facts: found }: View): Promise<UpgradePlan> {
  const view = { target: { ...target, adopt: true }, facts: found };
  const planned = await plan(client, view, { ...ANY_PASSWORD, refuseAhead: true });
  const { facts, history } = planned;
  const { applied, pending } = history;
  if (applied.length === 0 || pending.length === 0) return { plan: planned };
  const { join } = ownerChange(facts, target);
  const effects = await withRightsOf(
    client,
    facts.administrator,
    join.filter((role) => facts.rights.has(role)),
    () => effectsOf(client, { target, facts, pending }),
  );
  const count = applied.length + pending.length;
  return {
    plan: planned,
    upgrade: {
      from: state(target, applied.length),
      to: state(target, count),
      migrations: effects,
      locked: migratedTables({ target, facts, pending }).sort(),
      seconds: rounded(effects.reduce((sum, { seconds = 0 }) => sum + seconds, BASE_SECONDS)),
      ...meanwhile(applied.length, count, target.bridge ?? planned.bridged),
    },
  };
}

function meanwhile(from: number, to: number, bridge: boolean): Pick<Upgrade, 'runningRelease' | 'bridge'> {
  const runningRelease = worksMeanwhile(from, to, bridge);
  const matters = worksMeanwhile(from, to, true) !== worksMeanwhile(from, to);
  return { runningRelease, bridge: matters ? (bridge ? 'planned' : 'possible') : undefined };
}

function state(target: Target, count: number): Upgrade['from'] {
  return { release: releaseOf(count, target), migration: knownMigrations(target)[count - 1]?.name ?? '' };
}

interface Pending {
  readonly target: Target;
  readonly facts: Plan['facts'];
  readonly pending: readonly Migration[];
}

async function effectsOf(client: ClientBase, { target, facts, pending }: Pending): Promise<MigrationEffect[]> {
  const existing = new Set(
    facts.objects.filter(({ schema, kind }) => schema === target.schema && kind === 'table').map((table) => table.name),
  );
  const counts = new Map<string, RowCount>();
  const countOf = async (table: string) => {
    const known = counts.get(table) ?? (await countRows(client, target, table));
    counts.set(table, known);
    return known;
  };
  const effects: MigrationEffect[] = [];
  for (const migration of pending) {
    if (isFurther(migration)) {
      const named = migratedTables({ target, facts, pending: [migration] });
      effects.push({ name: migration.name, locks: exclusive(...named), rows: [] });
      continue;
    }
    const { locks, rows = {}, seconds = {} }: Partial<Effect> = EFFECTS[migration.name] ?? {};
    const of = <T>(values: Readonly<Record<string, T>>) =>
      Object.entries(values).filter(([table]) => existing.has(table));
    const changes: MigrationEffect['rows'][number][] = [];
    for (const [table, change] of of(rows)) {
      const duplicates = change === 'deletes' ? await countDuplicates(client, { target, facts, pending }) : undefined;
      const found = duplicates === undefined ? await countOf(table) : { table, rows: duplicates, exact: true };
      changes.push({ ...found, change });
    }
    let estimate = 0;
    for (const [table, perMillion] of of(seconds)) estimate += ((await countOf(table)).rows / 1_000_000) * perMillion;
    const locked = locks === undefined ? {} : { locks: Object.fromEntries(of(locks)) };
    effects.push({ name: migration.name, ...locked, rows: changes, seconds: rounded(estimate) });
  }
  return effects;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

async function countRows(client: ClientBase, { schema }: Target, table: string): Promise<RowCount> {
  const from = qualified(schema, table);
  const { rows } = await client.query<{ counted: number; estimate: number }>(
    `select (select count(*)::int from (select from ${from} limit ${COUNTED + 1}) as first) as counted,
       (select reltuples::float8 from pg_class where oid = ${literal(from)}::regclass) as estimate`,
  );
  const { counted = 0, estimate = 0 } = rows[0] ?? {};
  if (counted <= COUNTED) return { table, rows: counted, exact: true };
  return { table, rows: Math.max(counted, Math.round(estimate)), exact: false };
}
