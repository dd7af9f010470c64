import { criteriaOf } from '../../account/checks/account-check';
import { alertTest } from '../../account/work/alert-test';
import { type RehearsalContext, required } from '../../context';

/** Sends a test alert to the topic, and one subscriber unsubscribes. */
export async function testAlert(context: RehearsalContext, onProgress: (message: string) => void): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  const check = alertTest({ signal: context.signal, onProgress });
  await observations.check(account, [check, ...criteriaOf('1.4.AC4')], 'after the test alert');
  return 'sent, received, and who is subscribed';
}
