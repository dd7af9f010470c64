import { literal, name, qualified } from '../sql/identifiers';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { Inspection } from './facts';

/** Who owns schema and tables in the end, and what the administrator needs for it. */
export interface OwnerChange {
  /** Database role that owns schema and tables in the end. */
  readonly owner: string;
  /** Database role that owns the schema of the ledger in the end. */
  readonly ledgerOwner: string;
  /** Whether something that exists has another owner. */
  readonly changes: boolean;
  /** Database roles that the administrator has to be a member of meanwhile. */
  readonly join: readonly string[];
  /** Database roles that owned adopted tables, and go on using them: Umami may be running as one of them. */
  readonly former: readonly string[];
}

/**
 * @throws ProvisionError when the administrator may not act as an owner: with the one GRANT that somebody else must run
 */
export function ownerChange(facts: Inspection, target: Target): OwnerChange {
  const { administrator, rights } = facts;
  const kept = keptOwner(facts, target);
  const owner = target.tablesOwner === 'umami' ? target.databaseRole : kept;
  const owners = new Set<string>();
  for (const object of facts.objects) {
    const wanted = object.schema === target.schema ? owner : kept;
    if (object.kind === 'table' && object.owner !== wanted) owners.add(object.owner);
  }
  if (facts.schema && facts.schema.owner !== owner) owners.add(facts.schema.owner);
  if (facts.ledgerSchema && facts.ledgerSchema.owner !== kept) owners.add(facts.ledgerSchema.owner);
  const needed = owner === administrator.name ? [...owners] : [...owners, owner];
  const join = needed.filter((role) => role !== administrator.name && !rights.get(role)?.usable);
  for (const role of join) {
    // A role that is made in this very run can be joined by the one who makes it.
    if (rights.has(role) && !rights.get(role)?.joinable) throw mayNotActAs(role, facts, target);
  }
  const adopted = facts.schema !== undefined && facts.schema.ownership === undefined;
  const former = [...owners].filter((role) => adopted && role !== target.databaseRole && role !== owner);
  return { owner, ledgerOwner: kept, changes: owners.size > 0, join, former };
}

/** A common owner, such as a group of administrators, stays; anything else goes to the administrator that is connected. */
function keptOwner({ administrator, schema, objects, rights }: Inspection, target: Target): string {
  const owners = new Set(objects.filter(({ kind }) => kind === 'table').map(({ owner }) => owner));
  if (schema) owners.add(schema.owner);
  const [only] = owners;
  const isCommon = owners.size === 1 && only !== undefined && only !== target.databaseRole;
  return isCommon && schema?.ownership && rights.get(only)?.usable && !administrator.superuser
    ? only
    : administrator.name;
}

function mayNotActAs(role: string, facts: Inspection, target: Target): ProvisionError {
  const administrator = facts.administrator.name;
  // Nobody should become a superuser for this.
  const statement = facts.rights.get(role)?.superuser
    ? giveAway(role, facts, target)
    : `grant ${name(role)} to ${name(administrator)}`;
  return new ProvisionError(
    `Administrator ${administrator} may not act as ${role}, which owns Umami's schema or tables. Nothing was changed. Let a superuser, or the database role that created ${role}, run: ${statement}; and then try again.`,
  );
}

function giveAway(role: string, { administrator, schema, objects }: Inspection, target: Target): string {
  const to = `owner to ${name(administrator.name)}`;
  const tables = objects.filter(({ kind, owner }) => kind === 'table' && owner === role);
  return [
    ...(schema?.owner === role ? [`alter schema ${name(target.schema)} ${to}`] : []),
    ...tables.map((table) => `alter table ${qualified(table.schema, table.name)} ${to}`),
  ].join('; ');
}

/** Gives every table of a schema to a database role, whatever it is called: a newer Umami may have more. */
export function transferTables(schema: string, to: string): string {
  const text = `select format('alter table %I.%I owner to %I', n.nspname, c.relname, ${literal(to)}) as statement
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${literal(schema)} and c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) <> ${literal(to)}`;
  return `do $owner$ declare change record; begin
  for change in
    ${text}
  loop execute change.statement; end loop;
end $owner$`;
}
