/** Whether Umami gets an administrator: with a generated password that is kept in the secret, or none at all. */
export type UmamiAdministrator = 'generated' | 'none';

/** Properties of the custom resource, as CloudFormation passes them: everything is text. */
export interface UmamiDatabaseProperties {
  /** `<stack>/<stage>`: who owns the schema and the database role. */
  readonly Owner: string;
  readonly Host: string;
  readonly Port: string;
  readonly Database: string;
  readonly AdminSecretArn: string;
  readonly SecretArn: string;
  readonly Schema: string;
  readonly DatabaseRole: string;
  readonly UmamiAdministrator: UmamiAdministrator;
  readonly CertificateAuthority?: string;
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

/**
 * Checks what CloudFormation sent.
 *
 * @throws Error that names the property
 */
export function parseProperties(given: { readonly [key: string]: unknown }): UmamiDatabaseProperties {
  const texts = given['CertificateAuthority'] === undefined ? REQUIRED : [...REQUIRED, 'CertificateAuthority'];
  for (const key of texts) {
    if (typeof given[key] !== 'string' || given[key] === '')
      throw new Error(`Property ${key} must be a text, got: ${JSON.stringify(given[key])}.`);
  }
  const port = String(given['Port']);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    throw new Error(`Property Port must be a port, got: ${port}.`);
  const administrator = given['UmamiAdministrator'];
  if (administrator !== 'generated' && administrator !== 'none') {
    throw new Error(`Property UmamiAdministrator must be generated or none, got: ${JSON.stringify(administrator)}.`);
  }
  return given as unknown as UmamiDatabaseProperties;
}
