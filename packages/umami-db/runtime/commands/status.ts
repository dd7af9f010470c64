import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { withSession } from '../cli/session';
import { forCommandLine } from '../cli/words';
import type { Found } from '../inspection/facts';
import { updateNotes } from '../migrations/security-notes';
import { type MigrationStatus, readStatus } from '../provision/status';

export async function statusCommand(flags: Flags, output: Output): Promise<number> {
  return withSession(flags, async ({ client, target, facts }) => {
    const status = await output.whileRunning(() => readStatus(client, { target, facts }));
    const { migrations, tables } = status;
    const { administrator, schema, databaseRole, otherDatabaseRole } = facts;
    const other = target.otherDatabaseRole;
    const temporary = status.temporary.map(forCommandLine);
    const problems = status.problems.map(forCommandLine);
    const updates = updateNotes(migrations?.applied ?? []);
    output.result(
      {
        server: administrator.majorVersion,
        schema: schema ? { owner: owner(schema), databaseRole: schema.owner } : null,
        databaseRole: databaseRole ? { owner: owner(databaseRole) } : null,
        otherDatabaseRole: other && otherDatabaseRole ? { name: other, owner: owner(otherDatabaseRole) } : null,
        applied: migrations?.applied ?? null,
        pending: migrations?.pending ?? null,
        failed: migrations?.failed ?? null,
        ahead: migrations?.ahead ?? null,
        tables: tables ?? null,
        temporary,
        updates,
        problems,
      },
      [
        `Schema ${target.schema}: ${ownerInWords(schema)}`,
        `Database role ${target.databaseRole}: ${ownerInWords(databaseRole)}`,
        ...(other === undefined ? [] : [`Database role ${other}: ${ownerInWords(otherDatabaseRole)}`]),
        ...migrationLines(migrations),
        ...(tables?.added ?? []).map((line) => `Tables: ${line}, which Umami does not need`),
        ...temporary.map((line) => `Temporary: ${line}`),
        ...updates,
        ...problems.map((problem) => `Problem: ${problem}`),
      ],
    );
    return problems.length > 0 ? 1 : 0;
  });
}

function migrationLines(migrations: MigrationStatus | undefined): string[] {
  if (!migrations) return ['Migrations: not known'];
  const { applied, pending, failed, ahead } = migrations;
  return [
    `Migrations: ${applied.length} applied, ${pending.length} pending, ${ahead.length} ahead of the target`,
    ...failed.map((migration) => `  failed: ${migration}`),
    ...pending.map((migration) => `  pending: ${migration}`),
    ...ahead.map((migration) => `  ahead: ${migration}`),
  ];
}

function ownerInWords(found: Found | undefined): string {
  return found ? `belongs to ${owner(found)}` : 'does not exist; provision makes it';
}

function owner({ ownership }: Found): string {
  return ownership ? `${ownership.name} (${ownership.id})` : 'nobody';
}
