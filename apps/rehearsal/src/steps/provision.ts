import { type RehearsalContext, required } from '../context';
import { withAdmin } from '../database/as-admin';
import { oursOf } from '../database/database-under-test';
import { takeSnapshot } from '../database/snapshot';
import { Workload } from '../database/workload';
import { eventFor } from '../function/event';
import { invoke } from '../function/invoke';
import { SecretsEndpoint } from '../function/secrets-endpoint';

/** Runs the function's bundle from the synthesized cloud assembly while the application works. */
export async function provision(context: RehearsalContext): Promise<string> {
  const { checklist, cleanUp } = context;
  const [target, application] = [required(context, 'databaseFunction'), required(context, 'application')];
  const secrets = await SecretsEndpoint.start();
  cleanUp.add(() => secrets.stop());
  const { user: username, password } = application.admin;
  secrets.values.set(target.adminSecretArn, JSON.stringify({ username, password }));
  // CloudFormation fills a new secret with a random text.
  secrets.values.set(target.secretArn, 'vP6Rk#1wQz');
  context.secrets = secrets;
  context.before = await withAdmin(application, (admin) => takeSnapshot(admin, application, oursOf(context)));
  const workload = await Workload.start(application);
  cleanUp.add(() => workload.stop());
  context.workload = workload;
  try {
    context.create = await invoke(target, eventFor(context, { RequestType: 'Create' }), {
      url: secrets.url,
      signal: context.signal,
    });
  } catch (error) {
    checklist.record('function.create', 'fail', (error as Error).message);
    throw error;
  }
  const { response, milliseconds } = context.create;
  const summary = `${response.Data?.['Migrations']} migrations in ${milliseconds} ms, the process included`;
  checklist.record('function.create', 'pass', summary);
  return summary;
}
