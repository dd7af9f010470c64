import { migrations } from '../migrations/index';
import { name } from '../sql/identifiers';
import { PRISMA_LEDGER } from '../sql/privileges';
import { firstDatabaseRole, ledgerSchema } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { eachView } from './alternation';
import type { Found, Inspection } from './facts';
import { RENAMED_BY_UPGRADE, requireNoUmami1 } from './umami-1';

/**
 * Objects of another owner are never altered: what exists must have an ownership comment with the same name, or none and be
 * adopted on request. The id may differ: then the ownership is transferred, because CloudFormation creates a renamed
 * resource before it deletes the old one.
 *
 * @throws ProvisionError that names the obstacle
 */
export function requireOwnership(found: Inspection, target: Target): void {
  const ownership = found.schema?.ownership;
  // It cannot be adopted: nobody is to be told to.
  if (!ownership || ownership.name === target.owner.name) requireNoUmami1(found, target);
  requireOwn(`Schema ${target.schema}`, 'schema', found.schema, target);
  requireOwn(`Schema ${ledgerSchema(target)}`, 'schema', found.ledgerSchema, target);
  for (const { facts, target: one } of eachView({ target, facts: found })) {
    requireOwn(`Database role ${one.databaseRole}`, 'database role', facts.databaseRole, one);
    requireNoOtherLocation(facts, one);
  }
}

/**
 * Only what is nothing but an Umami is adopted.
 *
 * @throws ProvisionError that names what else there is
 */
export function requireAdoptable(found: Inspection, target: Target): void {
  if (found.schema && !found.schema.ownership) requireNothingElse(found, target);
  for (const { facts, target: one } of eachView({ target, facts: found }))
    if (facts.databaseRole && !facts.databaseRole.ownership) requireHarmless(facts, one);
}

/** The target as it is owned: the ownership comment names the one resource of the owner that made it. */
export function asOwned(target: Target, { schema, databaseRole }: Inspection): Target {
  const ownership = [schema?.ownership, databaseRole?.ownership].find((found) => found?.name === target.owner.name);
  if (!ownership) return target;
  const { name, id, stack } = ownership;
  return { ...target, owner: { name, id, stack } };
}

/** Where each is chosen; the command line names its option instead. */
const SETTINGS = {
  schema: '`schemaName`',
  'database role': '`databaseRoleName`',
} as const;

function requireOwn(
  what: string,
  kind: keyof typeof SETTINGS,
  found: Found | undefined,
  { owner, adopt }: Target,
): void {
  if (!found || found.ownership?.name === owner.name || (!found.ownership && adopt)) return;
  const whose = found.ownership ? `belongs to ${found.ownership.name}` : 'exists and has no ownership comment';
  const setting = SETTINGS[kind];
  const orAdopt = found.ownership ? '' : ', or adopt it with `adopt` if it is an Umami';
  throw new ProvisionError(
    `${what} ${whose}: nothing was changed. Choose another ${kind} for ${owner.name} with ${setting}${orAdopt}.`,
  );
}

/** A new password, other settings or more grants would break or let in the Umami that the database role is for. */
function requireNoOtherLocation({ databaseRole }: Inspection, target: Target): void {
  const [location] = databaseRole?.otherLocations ?? [];
  if (!databaseRole?.ownership || !location) return;
  const { database, schema, databaseRole: role } = target;
  // A comment without its database: the settings of the database role say more than it.
  const fix = databaseRole.ownership.location
    ? ''
    : ` If Umami does not use it there any more, run: alter role ${name(role)} in database ${name(location.database)} reset search_path; and then try again.`;
  const first = firstDatabaseRole(target);
  const other = location.database === database ? `${first}_${schema}` : `${first}_${database}`;
  throw new ProvisionError(
    `Database role ${role} is for schema ${location.schema} in database ${location.database}, and all databases of the cluster share it: nothing was changed. Choose another database role for schema ${schema} in database ${database} with ${SETTINGS['database role']}, e.g. ${other}.${fix}`,
  );
}

/** Every table that any release of Umami since 2.0 has. */
const UMAMI_TABLES = new Set([
  PRISMA_LEDGER,
  ...migrations.flatMap(({ statements }) =>
    statements.flatMap((sql) => /^\s*create table "(\w+)"/i.exec(sql)?.[1] ?? []),
  ),
]);

/** A newer Umami may have tables that are not known yet: then its ledger has migrations that are not known either. */
function requireNothingElse({ objects, applied, unreadableFor }: Inspection, { schema }: Target): void {
  const known = new Set(migrations.map(({ name }) => name));
  const isNewer = applied.some((migration) => !known.has(migration));
  const others = objects.filter(
    (object) =>
      object.schema === schema &&
      !(object.kind === 'table' && (UMAMI_TABLES.has(object.name) || isNewer || object.owner === unreadableFor)) &&
      // Umami's first migration puts it there when the database does not have it yet.
      !(object.kind === 'extension' && object.name === 'pgcrypto'),
  );
  if (others.length === 0) return;
  const list = others.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  const old = others.some(({ name }) => RENAMED_BY_UPGRADE.test(name));
  const leftByUpgrade = old ? " Umami's upgrade from 1.x left those named v1_…: drop them when nobody needs them." : '';
  throw new ProvisionError(
    `Schema ${schema} cannot be adopted, for it holds more than Umami's tables: ${list}. Nothing was changed. Move them to another schema first.${leftByUpgrade}`,
  );
}

function requireHarmless({ databaseRole, objects }: Inspection, target: Target): void {
  const [elsewhere] = databaseRole?.otherDatabases ?? [];
  if (elsewhere !== undefined)
    throw new ProvisionError(
      `Database role ${target.databaseRole} cannot be adopted: it has rights in database ${elsewhere} too. Nothing was changed. Choose another database role with ${SETTINGS['database role']}.`,
    );
  if (!databaseRole?.powerful && databaseRole?.memberOf.length === 0) return;
  const ownsSome = objects.some(({ owner }) => owner === target.databaseRole);
  throw new ProvisionError(
    `Database role ${target.databaseRole} cannot be adopted${ownsSome ? ', though it owns the tables' : ''}: it has more rights than Umami may have. Nothing was changed. Choose another database role; the tables are adopted all the same.`,
  );
}
