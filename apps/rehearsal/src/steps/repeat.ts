import { checkApplication, checkWork } from '../checks/application';
import { checkDelete, checkUpdate } from '../checks/repeated-events';
import { type RehearsalContext, required } from '../context';

/** Sends the event once more as an update, then a delete, and checks the application afterwards. */
export async function repeat(context: RehearsalContext): Promise<string> {
  const create = required(context, 'create');
  await checkUpdate(context, create);
  await checkDelete(context, create);
  const work = await required(context, 'workload').stop();
  checkWork(context, work);
  await checkApplication(context, work);
  return `${work.transactions} transactions of the application meanwhile`;
}
