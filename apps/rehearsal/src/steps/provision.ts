import type { Client } from 'pg';
import { type RehearsalContext, required } from '../context';
import { type Ours, takeSnapshot } from '../database/snapshot';
import { Workload } from '../database/workload';
import { type Invocation, invoke } from '../function/invoke';
import { SecretsEndpoint } from '../function/secrets-endpoint';

/** What the run of the function left for the steps after it. */
export interface Provisioned {
  readonly workload: Workload;
  readonly create: Invocation;
}

/** The event that CloudFormation would send, pointed at the server of this machine. */
export function eventFor(context: RehearsalContext, request: object): object {
  const { logicalId, resourceProperties } = required(context, 'databaseFunction');
  const { host, port, authority } = required(context, 'server');
  const ResourceProperties = {
    ...resourceProperties,
    Host: host,
    Port: String(port),
    Database: required(context, 'application').database,
    DatabaseRole: oursOf(context).databaseRole,
    CertificateAuthority: authority,
  };
  return {
    RequestId: '6f1c0f5e-0000-4000-8000-000000000001',
    StackId: `arn:aws:cloudformation:us-east-1:000000000000:stack/UserMetrics-${context.stage}-Database/rehearsal`,
    ResponseURL: 'https://cloudformation.invalid/response',
    ResourceType: 'Custom::UmamiDatabase',
    LogicalResourceId: logicalId,
    ResourceProperties,
    OldResourceProperties: ResourceProperties,
    ...request,
  };
}

/** Runs the function's bundle out of the assembly while the application works. */
export async function provision(context: RehearsalContext): Promise<{ summary: string; provisioned: Provisioned }> {
  const { checklist, cleanUp } = context;
  const [target, application] = [required(context, 'databaseFunction'), required(context, 'application')];
  const secrets = await SecretsEndpoint.start();
  cleanUp.add(() => secrets.stop());
  const { user: username, password } = application.admin;
  secrets.values.set(target.adminSecretArn, JSON.stringify({ username, password }));
  // CloudFormation fills a new secret with a random text.
  secrets.values.set(target.secretArn, 'vP6Rk#1wQz');
  context.secrets = secrets;
  context.before = await withAdmin(context, (admin) => takeSnapshot(admin, application, oursOf(context)));
  const workload = await Workload.start(application);
  cleanUp.add(() => workload.stop());
  const create = await invoke(target, eventFor(context, { RequestType: 'Create' }), secrets.url);
  const summary = `${create.response.Data?.['Migrations']} migrations in ${create.milliseconds} ms, the process included`;
  checklist.record('function.create', 'pass', summary);
  return { summary, provisioned: { workload, create } };
}

/** Names of what the foundation makes in the database. */
export function oursOf(context: RehearsalContext): Ours {
  const { Schema } = required(context, 'databaseFunction').resourceProperties;
  return { schema: String(Schema), databaseRole: required(context, 'application').databaseRole };
}

/** Does something as the administrator of the database. */
export async function withAdmin<T>(context: RehearsalContext, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = await required(context, 'application').connectAdmin();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
