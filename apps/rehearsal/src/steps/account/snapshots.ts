import { join } from 'node:path';
import { type Comparison, isUnannounced } from '@user-metrics/foundation/snapshot';
import { runFoundation } from '../../account/foundation-command';
import { type RehearsalContext, required } from '../../context';
import { requireSuccess, seconds } from './deploy';

type OnProgress = (message: string) => void;
type Moment = 'before' | 'after';

/** Before the first deployment. */
export function takeSnapshot(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  return snapshot(context, 'before', onProgress);
}

/** After the last stack is gone, as a user would type it: `snapshot compare before.json after.json`. */
export async function compareSnapshots(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const account = required(context, 'account');
  const took = await snapshot(context, 'after', onProgress);
  const files = [fileOf(context, 'before'), fileOf(context, 'after')];
  const quiet = { signal: context.signal, onProgress: () => {} };
  const result = await runFoundation(account, 'snapshot', quiet, ['compare', ...files, '--json']);
  // It fails for what nobody announced, which the check says.
  if (!result.printed) requireSuccess(context, 'lifecycle.snapshots', result);
  const { differences }: Comparison = JSON.parse(result.printed);
  const unannounced = differences.filter(isUnannounced);
  context.checklist.verdict(
    'lifecycle.snapshots',
    unannounced.map(({ text }) => text),
    `differences that the configuration announces: ${differences.length - unannounced.length}; others: 0`,
  );
  return took;
}

async function snapshot(context: RehearsalContext, when: Moment, onProgress: OnProgress): Promise<string> {
  const options = { signal: context.signal, onProgress };
  const args = ['--output', fileOf(context, when)];
  const result = await runFoundation(required(context, 'account'), 'snapshot', options, args);
  requireSuccess(context, 'lifecycle.snapshots', result);
  return seconds(result);
}

function fileOf({ options }: RehearsalContext, when: Moment): string {
  return join(options.output, 'snapshots', `${when}.json`);
}
