import type { ClientBase } from 'pg';
import { describeWithin, type SchemaDescription } from '../catalog/describe-schema';
import { differences } from '../catalog/differences';
import { statementsOf } from '../migrations/index';
import { knownMigrations } from '../migrations/known-migrations';
import { name } from '../sql/identifiers';
import { isBridge } from '../steps/bridge';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { inScratch } from './scratch';

/** State of a schema after a migration of Umami. */
interface State {
  readonly count: number;
  /** @default - differs in these ways */
  readonly differences: readonly string[];
}

const SHOWN = 10;

/**
 * Finds out which migrations a schema without a ledger has, from its tables alone.
 *
 * @returns their names, in order
 * @throws ProvisionError with the difference from the nearest release
 */
export async function detectRelease(client: ClientBase, target: Target): Promise<string[]> {
  const migrations = knownMigrations(target);
  const states = await compareWithStates(client, target);
  // A migration that changes rows only may not have run yet; such a migration can run again.
  const same = states.find((state) => state.differences.length === 0);
  if (same) return migrations.slice(0, same.count).map((migration) => migration.name);
  const nearest = states.reduce((best, state) => (state.differences.length < best.differences.length ? state : best));
  throw new ProvisionError(
    `Schema ${target.schema} has tables and no ledger, and is no release of Umami since 2.0. Nothing was changed. Nearest is ${migrations[nearest.count - 1]?.name}, but:${shown(nearest.differences)}\nUndo the difference, and try again.`,
  );
}

/** What is otherwise in tables than after a number of migrations. */
export interface Deviations {
  /** What Umami needs and does not find as it expects it. */
  readonly wrong: readonly string[];
  /** What somebody added. */
  readonly added: readonly string[];
}

/**
 * Compares the tables with what the ledger says.
 *
 * @throws ProvisionError when the administrator may not create the scratch schema
 */
export async function deviations(client: ClientBase, target: Target, count: number): Promise<Deviations> {
  const [state] = await compareWithStates(client, target, count);
  const found = state?.differences ?? [];
  const isAdded = (line: string) => line.startsWith('unexpected ');
  return { wrong: found.filter((line) => !isAdded(line)), added: found.filter(isAdded) };
}

/** Whether the tables are in the state before or after a migration. */
export async function stateOf(client: ClientBase, target: Target, migration: string): Promise<'before' | 'after'> {
  const states = await compareWithStates(client, target);
  const count = knownMigrations(target).findIndex((known) => known.name === migration) + 1;
  const [before, after] = [states[count - 2], states[count - 1]];
  if (before ? before.differences.length === 0 : await isEmpty(client, target)) return 'before';
  if (after?.differences.length === 0) return 'after';
  throw new ProvisionError(
    `Migration ${migration} failed in part in schema ${target.schema}: the tables are neither in the state before it nor in the state after it. Nothing was changed. Missing for its end:${shown(after?.differences ?? [])}\nRestore them from a backup, or undo or complete the migration by hand, and try again.`,
  );
}

function shown(lines: readonly string[]): string {
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
  return [...lines.slice(0, SHOWN), ...more].map((line) => `\n  ${line}`).join('');
}

async function isEmpty(client: ClientBase, { schema }: Target): Promise<boolean> {
  const { tables } = await inScratch(client, () => describeWithin(client, schema));
  return Object.keys(tables).length === 0;
}

/**
 * Runs the migrations in an empty scratch schema, in a transaction that is rolled back, and compares after each.
 *
 * @param only compares after so many only
 */
async function compareWithStates(client: ClientBase, target: Target, only?: number): Promise<State[]> {
  const describe = (which: string) => describeWithin(client, which, { columnsByName: true });
  return inScratch(client, async (scratch) => {
    const found = await describe(target.schema);
    const states: State[] = [];
    for (const [index, migration] of knownMigrations(target).slice(0, only).entries()) {
      await client.query(`set local search_path = ${name(scratch)}`);
      for (const sql of statementsOf(migration, {})) await client.query(sql);
      if (only !== undefined && index + 1 < only) continue;
      const count = index + 1;
      const all = differences(await describe(scratch), found as SchemaDescription);
      states.push({ count, differences: all.filter((line) => !isBridge(line, count)) });
    }
    return states;
  });
}
