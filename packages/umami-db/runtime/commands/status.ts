import type { Flags } from '../cli/options';
import { Output } from '../cli/output';
import { withSession } from '../cli/session';
import { forCommandLine } from '../cli/words';
import { updateNotes } from '../migrations/security-notes';
import { readStatus, type Status } from '../provision/status';
import type { OwnershipComment } from '../sql/ownership-comment';
import type { Target } from '../target/target';

interface PrintedStatus extends Status {
  /** Faults of the images that fit the schema. */
  readonly updates: readonly string[];
}

export async function statusCommand(flags: Flags): Promise<number> {
  const output = new Output(flags.json ?? false);
  return withSession(flags, async ({ client, target }) => {
    const found = await output.whileRunning(() => readStatus(client, target));
    const status = {
      ...found,
      temporary: found.temporary.map(forCommandLine),
      problems: found.problems.map(forCommandLine),
      updates: updateNotes(found.migrations?.applied ?? []),
    };
    output.result(facts(status, target), lines(status, target));
    return status.problems.length > 0 ? 1 : 0;
  });
}

function facts(
  {
    facts: { administrator, schema, databaseRole, otherDatabaseRole },
    migrations,
    tables,
    temporary,
    updates,
    problems,
  }: PrintedStatus,
  { otherDatabaseRole: other }: Target,
): object {
  return {
    server: administrator.majorVersion,
    schema: schema ? { owner: owner(schema.ownership), databaseRole: schema.owner } : null,
    databaseRole: databaseRole ? { owner: owner(databaseRole.ownership) } : null,
    otherDatabaseRole: other && otherDatabaseRole ? { name: other, owner: owner(otherDatabaseRole.ownership) } : null,
    applied: migrations?.applied ?? null,
    pending: migrations?.pending ?? null,
    failed: migrations?.failed ?? null,
    ahead: migrations?.ahead ?? null,
    tables: tables ?? null,
    temporary,
    updates,
    problems,
  };
}

function lines(
  {
    facts: { schema, databaseRole, otherDatabaseRole },
    migrations,
    tables,
    temporary,
    updates,
    problems,
  }: PrintedStatus,
  target: Target,
): string[] {
  const other = target.otherDatabaseRole;
  const whose = (found: { ownership?: OwnershipComment } | undefined) =>
    found ? `belongs to ${owner(found.ownership)}` : 'does not exist; provision makes it';
  return [
    `Schema ${target.schema}: ${whose(schema)}`,
    `Database role ${target.databaseRole}: ${whose(databaseRole)}`,
    ...(other === undefined ? [] : [`Database role ${other}: ${whose(otherDatabaseRole)}`]),
    ...(migrations
      ? [
          `Migrations: ${migrations.applied.length} applied, ${migrations.pending.length} pending, ${migrations.ahead.length} ahead of the target`,
          ...migrations.failed.map((migration) => `  failed: ${migration}`),
          ...migrations.pending.map((migration) => `  pending: ${migration}`),
          ...migrations.ahead.map((migration) => `  ahead: ${migration}`),
        ]
      : ['Migrations: not known']),
    ...(tables?.added ?? []).map((line) => `Tables: ${line}, which Umami does not need`),
    ...temporary.map((line) => `Temporary: ${line}`),
    ...updates,
    ...problems.map((problem) => `Problem: ${problem}`),
  ];
}

function owner(ownership: OwnershipComment | undefined): string {
  return ownership ? `${ownership.name} (${ownership.id})` : 'nobody';
}
