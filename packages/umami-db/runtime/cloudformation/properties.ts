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
  readonly PasswordVersion?: string;
  readonly OnDelete?: 'destroy';
  /** Changes with the function's code. Not read: that it changed is why the event was sent. */
  readonly CodeFingerprint: string;
}

const REQUIRED = [
  'Owner',
  'Host',
  'Port',
  'Database',
  'AdminSecretArn',
  'SecretArn',
  'Schema',
  'DatabaseRole',
] as const;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  TablesOwner: ['administrator', 'umami'],
  Adopt: ['true', 'false'],
  Repair: ['true', 'false'],
  AllowOtherEncoding: ['true', 'false'],
  Bridge: ['true', 'false'],
  AlternatingDatabaseRoles: ['true', 'false'],
  OnDelete: ['destroy'],
};

const NUMBERS = ['ConnectionLimit', 'StatementSeconds', 'IdleInTransactionSeconds'] as const;

/**
 * Checks what CloudFormation sent.
 *
 * @throws Error that names the property
 */
export function parseProperties(given: { readonly [key: string]: unknown }): UmamiDatabaseProperties {
  const optional = [
    'UmamiHost',
    'UmamiPort',
    'CertificateAuthority',
    'UmamiVersion',
    'Migrations',
    'PasswordVersion',
    'SnapshotCluster',
  ];
  const texts = [...REQUIRED, ...optional.filter((key) => given[key] !== undefined)];
  for (const key of texts) {
    if (typeof given[key] !== 'string' || given[key] === '')
      throw new Error(`Property ${key} must be a text, got: ${JSON.stringify(given[key])}.`);
  }
  for (const key of ['Port', 'UmamiPort']) {
    const port = given[key];
    if (port !== undefined && !(/^\d{1,5}$/.test(String(port)) && Number(port) > 0 && Number(port) < 65_536))
      throw new Error(`Property ${key} must be a port, got: ${port}.`);
  }
  const administrator = given['UmamiAdministrator'];
  if (administrator !== 'generated' && administrator !== 'none') {
    throw new Error(`Property UmamiAdministrator must be generated or none, got: ${JSON.stringify(administrator)}.`);
  }
  for (const [key, allowed] of Object.entries(CHOICES)) {
    const value = given[key];
    if (value !== undefined && !allowed.includes(String(value)))
      throw new Error(`Property ${key} must be ${allowed.join(' or ')}, got: ${JSON.stringify(value)}.`);
  }
  for (const key of NUMBERS) {
    const value = given[key];
    if (value !== undefined && !/^[1-9]\d{0,5}$/.test(String(value)))
      throw new Error(`Property ${key} must be a whole number from 1 to 999999, got: ${JSON.stringify(value)}.`);
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
  const second = AlternatingDatabaseRoles === 'true' ? { otherDatabaseRole: secondDatabaseRole(databaseRole) } : {};
  return { schema, databaseRole, ...second, tablesOwner };
}
