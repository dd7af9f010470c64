import type { ClientBase } from 'pg';
import { name } from '../sql/identifiers';
import type { Target } from '../target/target';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** Renames a column of `website` that Umami 3.1 needs. */
const RENAMES_COLUMN = '20_add_heatmap';

const [TABLE, COLUMN, RENAMED] = ['website', 'replay_enabled', 'recorder_enabled'];

type Bridging = Pick<Planning, 'target' | 'applied' | 'pending' | 'bridged'>;

/** Whether the table has the column that Umami 3.1 needs beside the one that took its place. */
export async function hasBridge(client: ClientBase, { schema }: Pick<Target, 'schema'>): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
     where nspname = $1 and relname = $2 and attname in ($3, $4) and not attisdropped`,
    [schema, TABLE, COLUMN, RENAMED],
  );
  return rows.length === 2;
}

/** Adds or removes the column that lets containers of Umami 3.1 go on working on a newer schema. */
export function planBridge({ target, applied, pending, bridged }: Bridging): Statement[] {
  const table = `${name(target.schema)}.${TABLE}`;
  if (target.bridge === false && bridged) return statements(`alter table ${table} drop column ${COLUMN}`);
  const isRenamed = [...applied, ...pending.map((migration) => migration.name)].includes(RENAMES_COLUMN);
  if (!target.bridge || bridged || !isRenamed) return [];
  return statements(
    `alter table ${table} add column ${COLUMN} boolean not null default false`,
    // Without it, a container of 3.1 would stop recording.
    `update ${table} set ${COLUMN} = true where ${RENAMED}`,
  );
}

/** Existing tables that the statements above change. */
export function bridgedTables(planning: Bridging): string[] {
  return planBridge(planning).length > 0 ? [TABLE] : [];
}

/** What is said of the column for as long as it is there. */
export function bridgeWarnings(planning: Bridging): string[] {
  const changes = planBridge(planning).length > 0;
  if (planning.bridged === changes) return [];
  return [bridgeWarning(planning.target, changes ? 'gets' : 'has')];
}

export function bridgeWarning({ schema }: Pick<Target, 'schema'>, verb: 'gets' | 'has' = 'has'): string {
  return `Table ${schema}.${TABLE} ${verb} the temporary column ${COLUMN}, with which containers of Umami 3.1 go on working. Settings of the recorder that are changed in 3.1 meanwhile are lost. When no container of 3.1 runs any more, remove it: npx umami-db provision --no-bridge, or in CDK \`bridge: false\`.`;
}

/** Whether a difference of the catalog after so many migrations is this column. */
export function isBridge(difference: string, count: number): boolean {
  return count >= 20 && difference === `unexpected column of ${TABLE}: ${COLUMN}`;
}
