import { alertTopic } from '../../account/checks/alert-topic';
import { alertTest } from '../../account/work/alert-test';
import { type RehearsalContext, required } from '../../context';

/** Sends a drill to the topic, and loses a subscriber. */
export async function drill(context: RehearsalContext, onProgress: (message: string) => void): Promise<string> {
  const [account, observations] = [required(context, 'account'), required(context, 'observations')];
  const check = alertTest({ signal: context.signal, onProgress });
  await observations.look(account, [check, alertTopic], 'after the drill');
  return 'sent, received, and who is subscribed';
}
