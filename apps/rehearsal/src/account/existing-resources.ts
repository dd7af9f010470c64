import type { Comparison } from '@user-metrics/foundation/snapshot';
import { RehearsalError } from '../rehearsal-error';
import type { Account } from './account';
import { type CommandOptions, runFoundation } from './foundation-command';

/** What the emulator has no API for. */
const CANNOT_BE_REHEARSED = ['cost allocation tag'];

/** Takes a snapshot with the command, as a user would, and gives its file. */
export async function takeSnapshot(account: Account, file: string, options: CommandOptions): Promise<string> {
  const { exitCode, output } = await runFoundation(account, 'snapshot', options, ['--output', file]);
  if (exitCode !== 0) throw new RehearsalError(`snapshot failed with exit code ${exitCode}:\n${output}`);
  return file;
}

/** What is different in two snapshots, as the command says it: what is not announced, and what is. */
export async function compareSnapshots(
  account: Account,
  before: string,
  after: string,
  options: CommandOptions,
): Promise<{ readonly wrong: string[]; readonly announced: string[] }> {
  const args = ['compare', before, after, '--json'];
  const { printed } = await runFoundation(account, 'snapshot', options, args);
  const { differences } = JSON.parse(printed) as Comparison;
  const compared = differences.filter(
    ({ kind, change }) => change !== 'unknown' || !CANNOT_BE_REHEARSED.includes(kind),
  );
  return {
    wrong: compared.flatMap(({ announced, text }) => (announced === undefined ? [text] : [])),
    announced: compared.flatMap(({ announced, text }) => (announced === undefined ? [] : [text])),
  };
}
