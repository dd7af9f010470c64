/** What became of a check. Only `pass` means that it was looked at and is right. */
export type CheckStatus =
  | 'pass'
  | 'fail'
  | 'skipped'
  | 'waiting'
  | 'not applicable'
  | 'recorded only'
  | 'not provable here';

/** One thing that has to be true. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** What was seen: figures, names, or what is wrong. */
  readonly evidence: string;
}

/** The checks of the rehearsal, in the order of the report. One that is never reached stays `waiting`. */
export const CHECKS = {
  'synth.stacks': 'Every stack of the stage synthesises, without a look-up in the account',
  'synth.tags': 'Every taggable resource carries the tags of the schema',
  'server.administrator': 'The administrator is no superuser, as on Aurora',
  'function.create': "The function's own bundle answers CloudFormation's Create event",
  'database.migrations': 'All migrations are applied, in both ledgers',
  'database.catalog': 'The schema equals that of Umami 3.1.0',
  'database.search-path': 'The search_path is set on the database role',
  'secret.keys': 'The secret holds everything that Umami needs, and nothing else',
  'secret.unlogged': 'No password stands in the output of the function or in the log of the server',
  'isolation.application': 'The new database role can read nothing of the application',
  'client.database-url': 'A client connects with exactly the DATABASE_URL of the secret',
  'application.catalog': 'Schema, grants and settings of the application are the same as before',
  'application.rows': 'The rows of the application are the same as before, but for its own work',
  'application.work': 'The application worked on meanwhile without an error',
  'function.update': 'The same event as an update changes nothing',
  'function.delete': 'A delete keeps the schema and its data',
} as const;

export type CheckId = keyof typeof CHECKS;
