import type { Client, ClientBase } from 'pg';
import { checkServer } from '../connection/server';
import { eachView, type View, withFoundRole } from '../inspection/alternation';
import type { Found, Inspection } from '../inspection/facts';
import { inspect } from '../inspection/inspect';
import { ownerChange, transferTables } from '../inspection/owner-change';
import { requireAdoptable } from '../inspection/ownership';
import { grantMembership, revokeMembership } from '../inspection/role-rights';
import { name, qualified } from '../sql/identifiers';
import { commentOn } from '../sql/ownership-comment';
import { type Section, statements } from '../steps/statement';
import { ledgerSchema } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { dropGrants, dropRole, requireNoConnections, requireNothingElsewhere } from './drop-role';
import { execute } from './execute';
import { withProvisioningLock } from './lock';

export interface RollbackInput {
  /** Connects the same administrator to another database of the server; asked only for those that hold grants of the role. */
  connectTo(database: string): Promise<Client>;
  /** Ends the connections of the role instead of refusing. @default false */
  readonly force?: boolean;
  /**
   * Removes everything whose ownership comment has the owner's name: also what would be returned to the resource that it
   * was transferred from.
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
 * Removes schema, ledger, grants and database role, each only where its ownership comment has the name and the id of this owner.
 *
 * @throws ProvisionError when the role has connections, owns something elsewhere, or the schema holds more than Umami's
 */
export async function rollback(client: ClientBase, target: Target, input: RollbackInput): Promise<RollbackReport> {
  return withProvisioningLock(client, async () => {
    await checkServer(client);
    const found = await inspect(client, target);
    // Also the second database role of a provisioning that was interrupted or undone.
    const views = eachView({ target: withFoundRole(target, found), facts: found });
    const { mine, kept, returned } = sortOut(found, views, input);
    if (mine.schema) requireNothingBeside(found, target);
    if (mine.schema) requireNoExtension(found, target);
    for (const view of mine.roles) await requireNothingElsewhere(client, view.target);
    for (const view of views) {
      const everywhere = mine.roles.includes(view);
      if (everywhere || mine.schema) await requireNoConnections(client, view, { ...input, everywhere });
    }
    const databases = mine.roles.flatMap(({ facts }) => facts.databaseRole?.otherDatabases ?? []);
    const removed = [
      ...(mine.schema ? [`schema ${target.schema}`] : []),
      ...(mine.ledgerSchema ? [`schema ${ledgerSchema(target)}`] : []),
      ...[...new Set(databases)].map((database) => `grants in database ${database}`),
      ...mine.roles.map((view) => `database role ${view.target.databaseRole}`),
    ];
    if (!input.dryRun) {
      const execution = { ...input, target };
      await execute(client, { name: 'ownership comments', statements: statements(...returned) }, execution);
      await execute(client, dropSchemas(found, target, mine), execution);
      for (const view of views)
        if (mine.schema && isForOtherLocation(view.facts)) await execute(client, resetRole(view), execution);
      for (const view of mine.roles) {
        for (const database of view.facts.databaseRole?.otherDatabases ?? []) await dropGrants(database, view, input);
        await execute(client, { name: 'database role', statements: statements(...dropRole(view)) }, execution);
      }
    }
    return { removed, kept };
  });
}

interface Mine {
  readonly schema: boolean;
  readonly ledgerSchema: boolean;
  readonly roles: readonly View[];
}

/** What this owner may drop; and the ownership comments of what is returned to the resource that it was transferred from. */
function sortOut(
  found: Inspection,
  views: readonly [View, ...View[]],
  { final }: RollbackInput,
): { mine: Mine; kept: string[]; returned: string[] } {
  const kept: string[] = [];
  const returned: string[] = [];
  const [{ target }] = views;
  const { name: owner, id } = target.owner;
  const isMine = (kind: 'schema' | 'role', object: string, existing: Found | undefined) => {
    if (!existing) return false;
    const what = `${kind === 'role' ? 'database role' : kind} ${object}`;
    const { ownership } = existing;
    if (ownership?.name !== owner)
      kept.push(`${what}: ${ownership ? `belongs to ${ownership.name}` : 'has no ownership comment'}`);
    else if (final) return true;
    else if (ownership.id !== id) {
      kept.push(`${what}: was transferred to ${ownership.id}`);
      // It cannot be returned to an owner that no longer exists.
      if (ownership.from === id) returned.push(commentOn(kind, object, { ...ownership, from: undefined }));
    } else if (ownership.from !== undefined) {
      kept.push(`${what}: is returned to ${ownership.from}`);
      const before = { ...ownership, id: ownership.from, from: undefined, returned: true };
      returned.push(commentOn(kind, object, before));
    } else return true;
    return false;
  };
  const mine = {
    schema: isMine('schema', target.schema, found.schema),
    ledgerSchema: isMine('schema', ledgerSchema(target), found.ledgerSchema),
    roles: views.filter(({ target: { databaseRole }, facts }) => {
      if (!isForOtherLocation(facts)) return isMine('role', databaseRole, facts.databaseRole);
      const [location] = facts.databaseRole?.otherLocations ?? [];
      kept.push(`database role ${databaseRole}: is for schema ${location?.schema} in database ${location?.database}`);
      return false;
    }),
  };
  return { mine, kept, returned };
}

/** Whether the database role has to stay for another Umami of the cluster. */
function isForOtherLocation({ databaseRole }: Inspection): boolean {
  return databaseRole?.ownership !== undefined && databaseRole.otherLocations.length > 0;
}

/** What is left of such a database role in this database, when its grants went with the schema. */
function resetRole({ target, facts: { rights, databaseRole } }: View): Section {
  const [role, database] = [name(target.databaseRole), name(target.database)];
  const isOnlyElsewhere = databaseRole?.otherLocations.every((location) => location.database !== target.database);
  const isPossible = isOnlyElsewhere && rights.get(target.databaseRole)?.alterable;
  const texts = [
    `alter role ${role} in database ${database} reset all`,
    `revoke connect on database ${database} from ${role}`,
  ];
  return { name: 'settings', statements: statements(...(isPossible ? texts : [])) };
}

/** Without CASCADE: what hangs on Umami's tables and is not Umami's makes it fail, and stays. */
function dropSchemas(all: Inspection, target: Target, mine: Mine): Section {
  const ledger = ledgerSchema(target);
  const dropped = [...(mine.schema ? [target.schema] : []), ...(mine.ledgerSchema ? [ledger] : [])];
  // Tables of a schema that stays keep their owner.
  const found: Inspection = {
    ...all,
    schema: mine.schema ? all.schema : undefined,
    ledgerSchema: mine.ledgerSchema ? all.ledgerSchema : undefined,
    objects: all.objects.filter(({ schema }) => dropped.includes(schema)),
  };
  const change = ownerChange(found, { ...target, tablesOwner: 'administrator' });
  const tables = found.objects.filter(({ kind }) => kind === 'table');
  const { name: administrator } = found.administrator;
  const transfer = [
    ...change.join.map((role) => grantMembership(role, found.administrator)),
    ...(mine.schema ? [`alter schema ${name(target.schema)} owner to ${name(administrator)}`] : []),
    ...dropped.map((schema) => transferTables(schema, administrator)),
    ...change.join.map(revokeMembership),
  ];
  return {
    name: 'schemas',
    statements: statements(
      ...(change.changes ? transfer : []),
      ...(tables.length > 0
        ? [`drop table ${tables.map((table) => qualified(table.schema, table.name)).join(', ')}`]
        : []),
      ...dropped.map((schema) => `drop schema ${name(schema)}`),
    ),
  };
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
