import { requireAccount } from '../../account/require-account';
import type { CommonOptions } from '../options';
import { type ChosenStage, loadStage, type SynthesisedStage, type SynthesisOptions, synthesise } from './synthesise';

/** Synthesises a stage for a command that works in its account. The account is asked first: without it the templates are of no use. */
export async function synthesiseForAccount(
  command: string,
  { config, stage }: CommonOptions,
  how?: SynthesisOptions,
): Promise<SynthesisedStage & ChosenStage> {
  const chosen = await loadStage(config, stage);
  await requireAccount(command, chosen);
  return { ...chosen, ...synthesise(chosen, config, how) };
}
