import type { Client, ClientBase } from 'pg';
import { literal, name } from '../sql/identifiers';
import { type Mark, markDatabaseRole, markSchema } from '../sql/owner-mark';
import { execute } from './execute';
import { type Inspection, inspect } from './inspect';
import { withProvisioningLock } from './lock';
import { giveTables, ownerChange } from './owner-change';
import { requireAdoptable } from './ownership';
import { ProvisionError } from './provision-error';
import { join, leave } from './role-rights';
import { type Section, statements } from './statement';
import { ledgerSchema, type Target } from './target';

export interface RollbackInput {
  /** Connects the same administrator to another database of the server; asked only for those that hold grants of the role. */
  connectTo(database: string): Promise<Client>;
  /** Ends the connections of the role instead of refusing. @default false */
  readonly force?: boolean;
  /**
   * Removes whatever bears the owner's name, for a person asked for it: also what would go back to the resource that it
   * was taken over from.
   *
   * @default false
   */
  readonly final?: boolean;
  /** Only plans. @default false */
  readonly dryRun?: boolean;
  /** When the last statement has to be over, on the clock of `performance.now()`. @default - never */
  readonly deadline?: number;
}

export interface RollbackReport {
  /** What was removed, or would be: e.g. `schema umami`. */
  readonly removed: readonly string[];
  /** What stays, and why. */
  readonly kept: readonly string[];
}

/**
 * Removes schema, ledger, grants and database role, each only where its mark names this very owner.
 *
 * @throws ProvisionError when the role has connections, owns something elsewhere, or the schema holds more than Umami's
 */
export async function rollback(client: ClientBase, target: Target, input: RollbackInput): Promise<RollbackReport> {
  return withProvisioningLock(client, async () => {
    const found = await inspect(client, target);
    const { mine, kept, returned } = sortOut(found, target, input);
    const ours = (what: keyof typeof mine) => mine[what];
    if (ours('schema')) requireNothingBeside(found, target);
    if (ours('schema')) requireNoExtension(found, target);
    if (ours('databaseRole')) await requireNothingElsewhere(client, target);
    if (ours('databaseRole') || ours('schema'))
      await requireNoConnections(client, target, found, { ...input, everywhere: ours('databaseRole') });
    const databases = ours('databaseRole') ? (found.databaseRole?.otherDatabases ?? []) : [];
    const removed = [
      ...(ours('schema') ? [`schema ${target.schema}`] : []),
      ...(ours('ledgerSchema') ? [`schema ${ledgerSchema(target)}`] : []),
      ...databases.map((database) => `grants in database ${database}`),
      ...(ours('databaseRole') ? [`database role ${target.databaseRole}`] : []),
    ];
    if (!input.dryRun) {
      const execution = { ...input, target };
      await execute(client, { name: 'marks', statements: statements(...returned) }, execution);
      await execute(client, dropSchemas(found, target, mine), execution);
      if (ours('schema') && isForOtherPlace(found)) await execute(client, resetRole(found, target), execution);
      for (const database of databases) await dropGrants(database, found, target, input);
      if (ours('databaseRole')) await execute(client, dropRole(found, target), execution);
    }
    return { removed, kept };
  });
}

interface Mine {
  readonly schema: boolean;
  readonly ledgerSchema: boolean;
  readonly databaseRole: boolean;
}

/** What bears the mark of this very owner; and marks that change, because it was only a guest. */
function sortOut(
  found: Inspection,
  target: Target,
  { final }: RollbackInput,
): { mine: Mine; kept: string[]; returned: string[] } {
  const kept: string[] = [];
  const returned: string[] = [];
  const isMine = (what: string, mark: Mark | undefined, exists: boolean, write: (mark: Mark) => string) => {
    if (!exists) return false;
    const { name: owner, id } = target.owner;
    if (mark?.name !== owner) kept.push(`${what}: ${mark ? `belongs to ${mark.name}` : 'bears no mark of ours'}`);
    else if (final) return true;
    else if (mark.id !== id) {
      kept.push(`${what}: was taken over by ${mark.id}`);
      // It cannot be returned to an owner that no longer exists.
      if (mark.from === id) returned.push(write({ ...mark, from: undefined }));
    } else if (mark.from !== undefined) {
      kept.push(`${what}: goes back to ${mark.from}`);
      returned.push(write({ ...mark, id: mark.from, from: undefined, returned: true }));
    } else return true;
    return false;
  };
  const schema = (which: string) => (mark: Mark) => markSchema(which, mark);
  const ledger = ledgerSchema(target);
  const mine = {
    schema: isMine(`schema ${target.schema}`, found.schema?.mark, !!found.schema, schema(target.schema)),
    ledgerSchema: isMine(`schema ${ledger}`, found.ledgerSchema?.mark, !!found.ledgerSchema, schema(ledger)),
    databaseRole:
      !isForOtherPlace(found) &&
      isMine(`database role ${target.databaseRole}`, found.databaseRole?.mark, !!found.databaseRole, (mark) =>
        markDatabaseRole(target.databaseRole, mark),
      ),
  };
  const { database, schema: used } = found.databaseRole?.otherPlaces[0] ?? {};
  if (isForOtherPlace(found))
    kept.push(`database role ${target.databaseRole}: is for schema ${used} in database ${database}`);
  return { mine, kept, returned };
}

/** Whether the database role has to stay for another Umami of the cluster. */
function isForOtherPlace({ databaseRole }: Inspection): boolean {
  return databaseRole?.mark !== undefined && databaseRole.otherPlaces.length > 0;
}

/** What is left of such a database role in this database, when its grants went with the schema. */
function resetRole({ rights, databaseRole }: Inspection, target: Target): Section {
  const [role, database] = [name(target.databaseRole), name(target.database)];
  const isOnlyElsewhere = databaseRole?.otherPlaces.every((place) => place.database !== target.database);
  const isPossible = isOnlyElsewhere && rights.get(target.databaseRole)?.alterable;
  const texts = [
    `alter role ${role} in database ${database} reset all`,
    `revoke connect on database ${database} from ${role}`,
  ];
  return { name: 'settings', statements: statements(...(isPossible ? texts : [])) };
}

/** Without CASCADE: what hangs on Umami's tables and is not Umami's makes it fail, and stays. */
function dropSchemas(found: Inspection, target: Target, mine: Mine): Section {
  const ledger = ledgerSchema(target);
  const dropped = [...(mine.schema ? [target.schema] : []), ...(mine.ledgerSchema ? [ledger] : [])];
  const change = ownerChange(found, { ...target, tablesOwner: 'administrator' });
  const tables = found.objects.filter(({ schema, kind }) => dropped.includes(schema) && kind === 'table');
  const own = (schema: string) => `alter schema ${name(schema)} owner to ${name(found.administrator.name)}`;
  return {
    name: 'schemas',
    statements: statements(
      ...(change.changes ? change.join.map((role) => join(role, found.administrator)) : []),
      ...(mine.schema && change.changes ? [own(target.schema)] : []),
      ...(change.changes ? giveTables(target, change) : []),
      ...(change.changes ? change.join.map(leave) : []),
      ...(tables.length > 0
        ? [`drop table ${tables.map((table) => `${name(table.schema)}.${name(table.name)}`).join(', ')}`]
        : []),
      ...dropped.map((schema) => `drop schema ${name(schema)}`),
    ),
  };
}

function dropRole(found: Inspection, target: Target): Section {
  const role = name(target.databaseRole);
  const texts = [join(target.databaseRole, found.administrator), `drop owned by ${role}`, leave(target.databaseRole)];
  return { name: 'database role', statements: statements(...texts, `drop role ${role}`) };
}

async function dropGrants(database: string, found: Inspection, target: Target, input: RollbackInput): Promise<void> {
  const client = await input.connectTo(database);
  try {
    const texts = [
      join(target.databaseRole, found.administrator),
      `drop owned by ${name(target.databaseRole)}`,
      leave(target.databaseRole),
    ];
    await execute(client, { name: `grants in ${database}`, statements: statements(...texts) }, input);
  } finally {
    await client.end();
  }
}

/** What hangs on a table goes with it. */
const GOES_WITH_ITS_TABLE = new Set(['trigger', 'rule', 'policy']);

function requireNothingBeside(found: Inspection, target: Target): void {
  const objects = found.objects.filter(({ kind }) => !GOES_WITH_ITS_TABLE.has(kind));
  requireAdoptable({ ...found, objects, schema: { owner: found.schema?.owner ?? '' } }, target);
}

/** Umami's first migration may have put one there, and it is there once for the whole database: it is not Umami's to drop. */
function requireNoExtension({ objects }: Inspection, { schema }: Target): void {
  const extension = objects.find((object) => object.schema === schema && object.kind === 'extension');
  if (!extension) return;
  throw new ProvisionError(
    `Schema ${schema} holds extension ${extension.name}, which all of the database can use. Nothing was changed. Let a superuser, or its owner ${extension.owner}, run: alter extension ${name(extension.name)} set schema public; and then try again.`,
  );
}

/** What the role owns outside its schema is nobody's to drop but its own. */
async function requireNothingElsewhere(client: ClientBase, target: Target): Promise<void> {
  const { rows } = await client.query<{ database: string; objects: number }>(
    `select coalesce(datname, 'all databases') as database, count(*)::int as objects
     from pg_shdepend s left join pg_database d on d.oid = s.dbid
     where refclassid = 'pg_authid'::regclass and refobjid = (select oid from pg_roles where rolname = $1)
       and deptype = 'o'
       and not (datname is not distinct from current_database() and (
         (classid = 'pg_class'::regclass and objid in (select oid from pg_class where relnamespace::regnamespace::text
           = any (array[quote_ident($2), quote_ident($3)])))
         or (classid = 'pg_namespace'::regclass and objid in (select oid from pg_namespace where nspname in ($2, $3)))))
     group by 1`,
    [target.databaseRole, target.schema, ledgerSchema(target)],
  );
  if (rows.length === 0) return;
  const places = rows.map(({ database, objects }) => `${objects} in ${database}`).join(', ');
  throw new ProvisionError(
    `Database role ${target.databaseRole} owns objects that are not Umami's: ${places}. Nothing was changed. Give them to another role with: reassign owned by ${name(target.databaseRole)} to …`,
  );
}

async function requireNoConnections(
  client: ClientBase,
  { databaseRole }: Target,
  { administrator }: Inspection,
  { force, dryRun, everywhere }: RollbackInput & { readonly everywhere: boolean },
): Promise<void> {
  const connections = `from pg_stat_activity where usename = ${literal(databaseRole)}${everywhere ? '' : ' and datname = current_database()'}`;
  const { rows } = await client.query<{ pid: number }>(`select pid ${connections}`);
  if (rows.length === 0) return;
  if (!force) {
    throw new ProvisionError(
      `Database role ${databaseRole} has ${rows.length} open connections. Nothing was changed. Stop Umami and connection poolers first, or end the connections with: npx umami-db rollback --force`,
    );
  }
  if (dryRun) return;
  const end = `do $end$ begin perform pg_terminate_backend(pid) ${connections}; end $end$`;
  await execute(client, {
    name: 'connections',
    statements: statements(
      // A new one would take the place of the one that ends. What stays for another database has to go on signing in.
      ...(everywhere ? [`alter role ${name(databaseRole)} nologin`] : []),
      join(databaseRole, administrator),
      end,
      leave(databaseRole),
    ),
  });
}
