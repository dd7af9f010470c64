import { CRITERIA } from '@user-metrics/foundation';
import type { NEEDS_ACCOUNT } from './needs-account';

/** The checks of the database function, run from the synthesized cloud assembly. */
const FUNCTION_CHECKS = {
  'synth.stacks': 'Every stack of the stage synthesises, without a context lookup in the account',
  'synth.tags': 'Every taggable resource has the tags of the schema',
  'server.administrator': 'The administrator is no superuser, as on Aurora',
  'function.create': "The function's own bundle answers CloudFormation's Create event",
  'database.migrations': 'All migrations are applied, in both ledgers',
  'database.catalog': 'The schema equals that of Umami 3.4',
  'database.search-path': 'The search_path is set on the database role',
  'secret.keys': 'The secret holds everything that Umami needs, and nothing else',
  'secret.unlogged': 'No password appears in the output of the function or in the log of the server',
  'isolation.application': 'The new database role can read nothing of the application',
  'client.database-url': 'A client connects with exactly the DATABASE_URL of the secret',
  'application.catalog': 'Schema, grants and settings of the application are the same as before',
  'application.rows': 'The rows of the application are the same as before, but for its own work',
  'application.work': 'The application worked on meanwhile without an error',
  'function.update': 'The same event as an update changes nothing',
  'function.delete': 'A delete keeps the schema and its data',
} as const;

/** The lifecycle of the stacks in an account. */
const LIFECYCLE_CHECKS = {
  'lifecycle.bootstrap': 'cdk bootstrap prepares the account',
  'lifecycle.deploy': 'Every stack of the stage and of the account deploys',
  'lifecycle.again': 'A second deployment changes nothing',
  'lifecycle.change': 'A changed value is updated in place; what holds data is not replaced',
  'lifecycle.alerts': 'A changed alert replaces the budget without a collision; the topic and its subscriptions stay',
  'lifecycle.failure':
    'An update that fails mid-deployment is rolled back; database, secret and sign-in work as before',
  'lifecycle.destroy': 'Destroy removes the stacks and keeps recordings, schema and data',
  'lifecycle.retained-resources': 'A deployment over the retained resources uses the schema again, with its data',
  'lifecycle.recordings': 'An operator copies the kept recordings into the new bucket, as the README of storage says',
  'lifecycle.end': 'Nothing of the stage is left in the account but what is kept on purpose',
  'lifecycle.snapshots':
    'What others had before the first deployment is the same at the end, by snapshot and snapshot compare',
} as const;

/** Each IAM role tried by real calls. */
const RIGHTS_CHECKS = {
  'rights.task-execution': 'The task execution role reads exactly its secret, and may do nothing else',
  'rights.umami-task': "Umami's task role may do nothing",
  'rights.openreplay-task': "OpenReplay's task role writes and reads recordings, and may do nothing else",
  'rights.lambda-telemetry': 'The telemetry policy publishes in its namespaces only',
  'rights.grafana': 'The Grafana role reads metrics, and changes nothing',
  'rights.database-function': "The database function's role reads and writes its two secrets only",
  'rights.operator': 'An operator whom the configuration names finds and deletes a recording, and writes none',
  'rights.unauthorised-role': 'Another IAM role of the account with s3:* cannot read a recording',
} as const;

/** What goes on working once everything is deployed. */
const WORK_CHECKS = {
  'work.verify': 'A deployment verifies every criterion, and finds nothing wrong',
  'work.inactive-budget-tags':
    'An alarm says until the first cost that the tags of the budget are not known to be active',
  'work.alert-test': 'alert-test sends a test alert and lists unconfirmed and unsubscribed addresses',
  'work.cost-trend':
    'The daily cost of a made-up month is published; a later run corrects it, downward too; a refusal is said',
  'work.log-export': 'A day of logs comes into the archive, once, and the function goes on where it stopped',
  'work.tag-compliance': 'tag-compliance reads every taggable resource of the stacks, and finds that it complies',
} as const;

const REAL_CHECKS = {
  'real.reachability': 'Packets reach the database, and nothing else does',
  'real.cloudformation-rights': "Rights of CloudFormation's own role suffice",
  'real.e-mail': 'People get the alerts',
  'real.tag-activation': 'Cost allocation tags are active',
  'real.cost-data': 'Cost arrives under the tag',
} as const satisfies Partial<Record<keyof typeof NEEDS_ACCOUNT, string>>;

/** All checks by section, in the order of the report. One that is never reached stays `waiting`. */
export const SECTIONS = {
  'Database function, from the synthesized assembly': FUNCTION_CHECKS,
  'Lifecycle of the stacks': LIFECYCLE_CHECKS,
  ...CRITERIA,
  'Rights, by real calls': RIGHTS_CHECKS,
  'At work': WORK_CHECKS,
  'Only an account can show': REAL_CHECKS,
} as const;

type Sections = typeof SECTIONS;
export type CheckId = { [Title in keyof Sections]: keyof Sections[Title] }[keyof Sections];

/** Titles by id, in the order of the report. */
export const CHECKS = Object.assign({}, ...Object.values(SECTIONS)) as { readonly [Id in CheckId]: string };

/** Whether a check needs an AWS account, if only a local one. */
export function needsAccount(id: CheckId): boolean {
  return !(id in FUNCTION_CHECKS);
}
