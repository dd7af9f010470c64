import { CommandError } from '../../command-error';
import { unconfiguredStages } from '../../preflight/stacks/unconfigured-stages';
import { say } from '../../report/terminal';
import type { ChosenStage, SynthesisedStage } from '../assembly/synthesise';
import { preflightOf } from '../preflight';

/**
 * Checks before a deployment whether it would succeed, and names the stages that the configuration does not have.
 *
 * @throws CommandError with each failure and how to fix it
 */
export async function requirePreflight(target: ChosenStage & SynthesisedStage): Promise<void> {
  const { findings } = await preflightOf(target);
  // Before a failure too: a stage that was renamed would be deployed a second time.
  for (const { id, state, found, fix } of findings)
    if (id === unconfiguredStages.id && state !== 'ok')
      say([found, ...(fix ?? '').split(/ && (?=aws cloudformation delete-stack)/)].join('\n    '));
  const failures = findings.filter(({ state }) => state === 'failure');
  const shown = `npx projen preflight --stage ${target.stage} shows all`;
  if (failures.length === 0) {
    const count = (wanted: string) => `${findings.filter(({ state }) => state === wanted).length} ${wanted}`;
    say(`Preflight: ${['ok', 'warning', 'unknown'].map(count).join(', ')} (${shown})`);
    return;
  }
  throw new CommandError(
    [
      `Stage ${target.stage} is not deployed: preflight found ${failures.length === 1 ? '1 failure' : `${failures.length} failures`} (${shown}; deploy --skip-preflight goes on all the same).`,
      ...failures.flatMap(({ title, found, fix }) => [`  ${title}: ${found}`, ...(fix ? [`    fix: ${fix}`] : [])]),
    ].join('\n'),
  );
}
