import { look } from '../look';
import type { Flags } from '../options';
import { Output } from '../output';
import { withSession } from '../session';

export async function statusCommand(flags: Flags): Promise<number> {
  return withSession(flags, async (session) => {
    const { facts, history } = await look(session, flags, { adopt: true });
    const owner = (mark: { name: string; id: string } | undefined) => (mark ? `${mark.name} (${mark.id})` : 'nobody');
    const status = {
      server: facts.administrator.majorVersion,
      schema: facts.schema ? { owner: owner(facts.schema.mark), databaseRole: facts.schema.owner } : null,
      databaseRole: facts.databaseRole ? { owner: owner(facts.databaseRole.mark) } : null,
      applied: history.applied,
      pending: history.pending.map(({ name }) => name),
      failed: facts.failed,
      ahead: history.ahead,
    };
    new Output(flags.json ?? false).result(status, [
      `Schema ${flags.schema}: ${status.schema ? `belongs to ${status.schema.owner}` : 'does not exist'}`,
      `Database role ${flags.databaseRole}: ${status.databaseRole ? `belongs to ${status.databaseRole.owner}` : 'does not exist'}`,
      `Migrations: ${status.applied.length} applied, ${status.pending.length} pending, ${status.ahead.length} ahead of the target`,
      ...status.pending.map((migration) => `  pending: ${migration}`),
      ...status.ahead.map((migration) => `  ahead: ${migration}`),
    ]);
    return 0;
  });
}
