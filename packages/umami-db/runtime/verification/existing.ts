import type { ClientBase } from 'pg';
import { eachView } from '../inspection/alternation';
import type { FoundRole, Inspection } from '../inspection/facts';
import { inspect } from '../inspection/inspect';
import { asOwned } from '../inspection/ownership';
import { type MigrationStatus, readStatus, type Status } from '../provision/status';
import type { Target } from '../target/target';
import type { AnsweredMigrations, OwnedSchema, StatusAnswer, UmamiDatabaseRole } from './answer';
import { databaseOf } from './read-only';

/** What exists, whose it is, and where the migrations stand. */
export async function statusAnswer(client: ClientBase, wanted: Target): Promise<StatusAnswer> {
  const facts = await inspect(client, wanted);
  const target = asOwned(wanted, facts);
  const status = await readStatus(client, { target, facts });
  return { action: 'status', ...(await databaseOf(client)), ...existing(status, target) };
}

/** The same of a status that was read. */
export function existing(
  { facts, migrations, problems }: Status,
  target: Target,
): Pick<StatusAnswer, 'owner' | 'schema' | 'databaseRoles' | 'migrations' | 'problems'> {
  return {
    owner: target.owner.name,
    schema: schemaOf(facts, target),
    databaseRoles: eachView({ target, facts }).flatMap((view) =>
      view.facts.databaseRole ? [databaseRoleOf(view.target.databaseRole, view.facts.databaseRole)] : [],
    ),
    migrations: migrations ? migrationsOf(migrations, facts) : null,
    problems,
  };
}

function schemaOf({ schema }: Inspection, { schema: name }: Target): OwnedSchema | null {
  return schema ? { name, owner: schema.owner, ownership: schema.ownership?.name ?? null } : null;
}

function databaseRoleOf(name: string, found: FoundRole): UmamiDatabaseRole {
  const { ownership, canLogin, connectionLimit, powerful, memberOf, settings } = found;
  return { name, ownership: ownership?.name ?? null, canLogin, connectionLimit, powerful, memberOf, settings };
}

function migrationsOf(
  { applied, pending, failed, ahead }: MigrationStatus,
  { ownLedger = [] }: Inspection,
): AnsweredMigrations {
  return { applied, pending, failed, ahead, recorded: ownLedger.length };
}
