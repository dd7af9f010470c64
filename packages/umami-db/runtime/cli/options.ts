import { type Command, InvalidArgumentError, Option } from 'commander';
import { CAPTURE_SECONDS } from '../baseline/capture';
import type { FurtherMigration } from '../migrations/index';
import { RETENTION_GROUPS, type RetentionGroup } from '../purge/tables';
import type { UmamiAdministrator } from '../secret/administrator';
import { DEFAULT_LIMITS, type TablesOwner } from '../target/target';
import { age, between, hostName, migrationsFolder, minutes, port, wholeNumber } from './option-values';

export interface ConnectionFlags {
  readonly adminSecret?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly ca?: string;
}

/** What is to exist. */
interface TargetFlags {
  readonly schema: string;
  readonly databaseRole: string;
  readonly alternatingDatabaseRoles?: boolean;
  readonly owner: string;
  readonly umamiVersion?: string;
  readonly migrations?: readonly FurtherMigration[];
  readonly adopt?: boolean;
  readonly repair?: boolean;
  readonly tablesOwner?: TablesOwner;
  readonly connectionLimit?: number;
  readonly statementSeconds?: number;
  readonly idleSeconds?: number;
  readonly allowOtherEncoding?: boolean;
  readonly bridge?: boolean;
}

/** Where Umami's secret is kept. */
export interface SecretFlags {
  readonly secret?: string;
  readonly secretFile?: string;
  readonly umamiAdministrator: UmamiAdministrator;
  readonly newSecret?: boolean;
  readonly umamiHost?: string;
  readonly umamiPort?: number;
}

export type Flags = ConnectionFlags & TargetFlags & SecretFlags & { readonly json?: boolean };

/** What holds for an option that is not given. */
const KEPT = 'as it is in the database, or';

const CA = [
  '--ca <file>',
  'file of CA certificates, PEM (default: PGSSLROOTCERT, or the CA bundle of Amazon RDS)',
] as const;

export const DEFAULT_OWNER = 'umami-db';

export function addCommonOptions(command: Command): Command {
  return addSubjectOptions(
    command
      .optionsGroup('Connection of the administrator:')
      .option('--admin-secret <arn>', 'secret with username and password, and perhaps host, port and dbname')
      .option('--host <name>', 'writer endpoint (default: of the secret, DATABASE_URL or PGHOST)')
      .option('--port <number>', 'port (default: of the secret, DATABASE_URL or PGPORT, or 5432)', port)
      .option('--database <name>', 'database (default: of the secret, DATABASE_URL or PGDATABASE)')
      .option(...CA),
  );
}

/** The same for a command that signs in as Umami's database role. */
export function addUmamiOptions(command: Command): Command {
  return addSubjectOptions(
    addSecretOptions(command)
      .optionsGroup("Connection of Umami's database role:")
      .option('--host <name>', 'writer endpoint (default: of the secret)')
      .option('--port <number>', 'port (default: of the secret)', port)
      .option(...CA),
  );
}

function addSubjectOptions(command: Command): Command {
  return command
    .optionsGroup('What it is about:')
    .option('--schema <name>', "Umami's schema", 'umami')
    .option('--database-role <name>', "Umami's database role", 'umami_user')
    .option(
      '--owner <name>',
      'owner in the ownership comments of schema and database role: <stack>/<stage> for one made by CDK',
      DEFAULT_OWNER,
    )
    .optionsGroup('Output:')
    .option('--json', 'print the result as JSON');
}

export function addTargetOptions(command: Command): Command {
  return command
    .optionsGroup('State:')
    .option('--umami-version <version>', 'stop at a release, e.g. 2.20, or at a migration (default: the newest)')
    .addOption(
      new Option(
        '--migrations <folder>',
        "Umami's own prisma/migrations of a newer release than this package knows, as its image has it",
      )
        .argParser(migrationsFolder)
        .conflicts('umamiVersion'),
    )
    .option('--adopt', 'adopt a schema that Umami made, or a database role, without an ownership comment')
    .option(
      '--repair',
      "repair a failed row of Prisma's ledger (P3009) when the catalog shows unambiguously whether its migration ran",
    )
    .option('--bridge', 'add a temporary column with which containers of Umami 3.1 work on a schema of 3.2 or later')
    .option('--no-bridge', 'remove that column')
    .option('--allow-other-encoding', 'make the schema also in a database whose encoding is not UTF8')
    .option(
      '--alternating-database-roles',
      'make a second database role: rotate changes the password of the one that tasks do not use (default: as it is)',
    )
    .option('--no-alternating-database-roles', 'drop the second database role')
    .addOption(
      new Option(
        '--tables-owner <who>',
        `who owns the tables; with umami its container migrates by itself (default: ${KEPT} administrator)`,
      ).choices(['administrator', 'umami']),
    )
    .option(
      '--connection-limit <number>',
      `connections of Umami at once (default: ${KEPT} ${DEFAULT_LIMITS.connections})`,
      wholeNumber,
    )
    .option(
      '--statement-seconds <number>',
      `longest statement of Umami (default: ${KEPT} ${DEFAULT_LIMITS.statementSeconds})`,
      wholeNumber,
    )
    .option(
      '--idle-seconds <number>',
      `longest pause in a transaction (default: ${KEPT} ${DEFAULT_LIMITS.idleInTransactionSeconds})`,
      wholeNumber,
    )
    .addOption(
      new Option('--close-public <right>').hideHelp().argParser(() => {
        throw new InvalidArgumentError(
          'The option was removed. Run the REVOKE statements that `umami-db verify` prints.',
        );
      }),
    )
    .addOption(
      new Option('--umami-administrator <which>', "Umami's own administrator")
        .choices(['generated', 'none'])
        .default('generated'),
    );
}

export function addSecretOptions(command: Command): Command {
  return command
    .optionsGroup("Umami's secret, one of:")
    .addOption(new Option('--secret <arn>', 'in AWS Secrets Manager').conflicts('secretFile'))
    .option('--secret-file <file>', 'a file that only you can read; made when it does not exist');
}

export function addSecretValueOptions(command: Command): Command {
  return addSecretOptions(command)
    .option(
      '--umami-host <name>',
      'host that Umami connects to, e.g. a connection pooler (default: as the secret says, or --host)',
      hostName,
    )
    .option('--umami-port <number>', 'port that Umami connects to (default: as the secret says, or --port)', port)
    .option(
      '--new-secret',
      'set a new password and APP_SECRET where the secret is not that of the database role; restart Umami afterwards',
    );
}

export interface PurgeFlags {
  readonly olderThan: string;
  readonly group: readonly RetentionGroup[];
  readonly savedReplays?: boolean;
  readonly maxMinutes: number;
}

export function addPurgeOptions(command: Command): Command {
  return command
    .optionsGroup('What is deleted:')
    .requiredOption('--older-than <age>', 'age of the oldest rows that are kept: 90d, 13mo or 2y', age)
    .addOption(
      new Option('--group <groups...>', 'groups of tables').choices(RETENTION_GROUPS).default([...RETENTION_GROUPS]),
    )
    .option('--saved-replays', 'delete also replays that were saved longer ago than that')
    .option('--max-minutes <number>', 'end after so many minutes; the next run continues', minutes, 60);
}

export interface CaptureFlags {
  readonly seconds: number;
  readonly samples?: number;
}

export function addCaptureOptions(command: Command): Command {
  return addCommonOptions(command)
    .optionsGroup('Window:')
    .option('--seconds <number>', 'length of the window, 1 to 3600', between(1, 3600), CAPTURE_SECONDS)
    .option(
      '--samples <number>',
      'measurements within the window, 2 to 200 (default: one each 2.5 seconds, at most 24)',
      between(2, 200),
    );
}
