import type { UmamiAdministrator } from '../secret/administrator';
import { invalidNames, secondDatabaseRole } from '../target/names';
import type { TablesOwner, Target } from '../target/target';

/** Properties of the custom resource, as CloudFormation passes them: everything is text, or a list of texts. */
export interface UmamiDatabaseProperties {
  /** `<stack>/<stage>`: who owns the schema and the database role. */
  readonly Owner: string;
  readonly Host: string;
  readonly Port: string;
  readonly UmamiHost?: string;
  readonly UmamiPort?: string;
  readonly Database: string;
  readonly AdminSecretArn: string;
  readonly SecretArn: string;
  readonly Schema: string;
  readonly DatabaseRole: string;
  readonly AlternatingDatabaseRoles?: string;
  readonly UmamiAdministrator: UmamiAdministrator;
  readonly CertificateAuthority?: string;
  readonly TablesOwner?: TablesOwner;
  readonly UmamiVersion?: string;
  /** SHA-256 of the file beside the code that holds the migrations of a folder. */
  readonly Migrations?: string;
  readonly Adopt?: string;
  readonly Repair?: string;
  readonly AllowOtherEncoding?: string;
  readonly Bridge?: string;
  /** DBClusterIdentifier of the cluster of which a snapshot is taken before an upgrade. */
  readonly SnapshotCluster?: string;
  readonly ConnectionLimit?: string;
  readonly StatementSeconds?: string;
  readonly IdleInTransactionSeconds?: string;
  /** Length of the window of a baseline. */
  readonly BaselineSeconds?: string;
  readonly PasswordVersion?: string;
  readonly OnDelete?: 'destroy';
  /** Changes with the function's code. Not read: that it changed is why the event was sent. */
  readonly CodeFingerprint: string;
}

interface Rule {
  readonly must: string;
  accepts(value: unknown): boolean;
}

const TEXT: Rule = { must: 'be a text', accepts: (value) => typeof value === 'string' && value !== '' };
const PORT: Rule = {
  must: 'be a port from 1 to 65535',
  accepts: (value) => /^\d{1,5}$/.test(String(value)) && Number(value) > 0 && Number(value) < 65_536,
};
const NUMBER: Rule = {
  must: 'be a whole number from 1 to 999999',
  accepts: (value) => /^[1-9]\d{0,5}$/.test(String(value)),
};
const oneOf = (...values: string[]): Rule => ({
  must: `be ${values.join(' or ')}`,
  accepts: (value) => values.includes(String(value)),
});
const FLAG = oneOf('true', 'false');

const REQUIRED: Readonly<Record<string, Rule>> = {
  Owner: TEXT,
  Host: TEXT,
  Port: PORT,
  Database: TEXT,
  AdminSecretArn: TEXT,
  SecretArn: TEXT,
  Schema: TEXT,
  DatabaseRole: TEXT,
  UmamiAdministrator: oneOf('generated', 'none'),
};

const OPTIONAL: Readonly<Record<string, Rule>> = {
  UmamiHost: TEXT,
  UmamiPort: PORT,
  CertificateAuthority: TEXT,
  UmamiVersion: TEXT,
  Migrations: TEXT,
  PasswordVersion: TEXT,
  SnapshotCluster: TEXT,
  TablesOwner: oneOf('administrator', 'umami'),
  Adopt: FLAG,
  Repair: FLAG,
  AllowOtherEncoding: FLAG,
  Bridge: FLAG,
  AlternatingDatabaseRoles: FLAG,
  OnDelete: oneOf('destroy'),
  ConnectionLimit: NUMBER,
  StatementSeconds: NUMBER,
  IdleInTransactionSeconds: NUMBER,
  BaselineSeconds: NUMBER,
};

/**
 * Checks what CloudFormation sent.
 *
 * @throws Error that names the property
 */
export function parseProperties(given: { readonly [key: string]: unknown }): UmamiDatabaseProperties {
  for (const [key, { must, accepts }] of Object.entries({ ...REQUIRED, ...OPTIONAL })) {
    const value = given[key];
    if (accepts(value) || (value === undefined && key in OPTIONAL)) continue;
    throw new Error(`Property ${key} must ${must}, got: ${JSON.stringify(value)}.`);
  }
  const properties = given as unknown as UmamiDatabaseProperties;
  const [invalid] = invalidNames(namesOf(properties));
  if (invalid) throw new Error(invalid);
  return properties;
}

/** What the properties call schema and database roles, and who owns the tables. */
export function namesOf({
  Schema: schema,
  DatabaseRole: databaseRole,
  AlternatingDatabaseRoles,
  TablesOwner: tablesOwner = 'administrator',
}: Pick<UmamiDatabaseProperties, 'Schema' | 'DatabaseRole' | 'AlternatingDatabaseRoles' | 'TablesOwner'>): Pick<
  Target,
  'schema' | 'databaseRole' | 'otherDatabaseRole' | 'tablesOwner'
> {
  const otherDatabaseRole = AlternatingDatabaseRoles === 'true' ? secondDatabaseRole(databaseRole) : undefined;
  return { schema, databaseRole, otherDatabaseRole, tablesOwner };
}
