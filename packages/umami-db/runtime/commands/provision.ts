import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { storeOf, withSession } from '../cli/session';
import { forCommandLine, reachableInWords } from '../cli/words';
import { clusterEndpoint } from '../connection/cluster-endpoint';
import { changesOf } from '../provision/changes';
import type { Plan } from '../provision/plan';
import { planWithSecret, provisionWithSecret, type SecretInput } from '../secret/provision-with-secret';
import { snapshotBeforeUpgrade } from '../snapshot/before-upgrade';

export async function provisionCommand(
  flags: Flags & { dryRun?: boolean; snapshot?: string },
  output: Output,
): Promise<number> {
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const input: SecretInput = {
      server,
      store,
      administrator: flags.umamiAdministrator,
      umami: { host: flags.umamiHost, port: flags.umamiPort },
      newSecret: flags.newSecret ?? false,
      refuseAhead: true,
      onWarning: (warning) => output.progress(`Warning: ${warning}`),
      onStep: output.onStep,
      onMigration: output.onMigration,
      beforeUpgrade: flags.snapshot
        ? snapshotBeforeUpgrade(client, target, {
            cluster: flags.snapshot,
            region: clusterEndpoint(server.host)?.region,
            onProgress: (text) => output.progress(text),
          })
        : undefined,
    };
    if (flags.dryRun) {
      const { planned, writes } = await planWithSecret(client, target, { ...input, readOnly: true });
      const secret = writes ? store.name : undefined;
      output.result(summary(planned, secret), [
        ...wouldSnapshot(planned, flags.snapshot),
        ...changes(planned, secret),
        'Nothing was changed: this was a dry run.',
      ]);
      return 0;
    }
    const report = await output.whileRunning(() => provisionWithSecret(client, target, input));
    output.result({ ...report, warnings: report.warnings.map(forCommandLine) }, [
      `Schema ${target.schema} has ${report.present} migrations, ${report.applied.length} of them applied now.`,
      ...report.ahead.map((migration) => `Ahead of the target, left as it is: ${migration}`),
      ...reachableInWords(report.reachable).map((line) => `Reachable outside the schema: ${line}`),
      ...report.warnings.map((warning) => `Warning: ${forCommandLine(warning)}`),
    ]);
    return 0;
  });
}

function summary(planned: Plan, secret: string | undefined): object {
  const { history, warnings } = planned;
  const sections = planned.sections.map((section) => ({ name: section.name, changes: changesOf(section) }));
  const pending = history.pending.map(({ name }) => name);
  return { dryRun: true, secret: secret ?? null, sections, pending, warnings: warnings.map(forCommandLine) };
}

function wouldSnapshot({ history: { applied, pending } }: Plan, cluster: string | undefined): string[] {
  if (cluster === undefined || applied.length === 0 || pending.length === 0) return [];
  return [`Would take a snapshot of cluster ${cluster} first`];
}

function changes({ sections, warnings }: Plan, secret: string | undefined): string[] {
  const made = sections.flatMap((section) =>
    changesOf(section).map((change) => `Would run (${section.name}): ${change}`),
  );
  return [
    ...(secret === undefined ? [] : [`Would write: ${secret}`]),
    ...made,
    ...(made.length === 0 ? ['There is nothing to do in the database.'] : []),
    ...warnings.map((warning) => `Warning: ${forCommandLine(warning)}`),
  ];
}
