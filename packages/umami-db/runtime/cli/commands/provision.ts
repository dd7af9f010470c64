import type { Plan } from '../../provision/plan';
import { planWithSecret, provisionWithSecret, type SecretInput } from '../../secret/provision-with-secret';
import type { Flags } from '../options';
import { Output } from '../output';
import { storeOf, withSession } from '../session';
import { closureInWords, inWords } from '../words';

export async function provisionCommand(flags: Flags & { dryRun?: boolean }): Promise<number> {
  const output = new Output(flags.json ?? false);
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const input: SecretInput = {
      server,
      store,
      administrator: flags.umamiAdministrator,
      newSecret: flags.newSecret ?? false,
      refuseAhead: true,
      refuseUnknown: true,
      onStep: output.onStep,
      onMigration: output.onMigration,
    };
    if (flags.dryRun) {
      const { planned } = await planWithSecret(client, target, { ...input, readOnly: true });
      output.result(summary(planned), [...changes(planned), 'Nothing was changed: this was a dry run.']);
      return 0;
    }
    const report = await output.whileRunning(() => provisionWithSecret(client, target, input));
    output.result(report, [
      `Schema ${target.schema} has ${report.present} migrations, ${report.applied.length} of them applied now.`,
      ...report.ahead.map((migration) => `Ahead of the target, left as it is: ${migration}`),
      ...report.closed.map((closure) => `Closed: ${closureInWords(closure)}`),
      ...report.reachable.map((finding) => `Reachable outside the schema: ${inWords(finding)}`),
      ...report.warnings.map((warning) => `Warning: ${warning}`),
    ]);
    return 0;
  });
}

function summary(planned: Plan): object {
  const { history, closures: closed, warnings } = planned;
  const sections = planned.sections.map(({ name, statements }) => ({ name, statements: statements.length }));
  return { dryRun: true, sections, pending: history.pending.map(({ name }) => name), closed, warnings };
}

function changes({ sections, history, closures, warnings }: Plan): string[] {
  return [
    ...sections.map(({ name, statements }) => `${name}: ${statements.length} statements`),
    ...history.pending.map(({ name }) => `  would apply ${name}`),
    ...closures.map((closure) => `  would close ${closureInWords(closure)}`),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
}
