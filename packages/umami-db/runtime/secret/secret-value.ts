import { randomBytes } from 'node:crypto';

/** What Umami's secret holds. The keys are those that AWS's own tools expect of a database secret, and Umami's. */
export interface SecretValue {
  readonly engine: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly dbname: string;
  readonly schema: string;
  /** What Umami's container takes as it is. */
  readonly DATABASE_URL: string;
  /** What Umami's container uses for `prisma migrate deploy`, from 3.2 on: the same at the endpoint of the administrator. */
  readonly DIRECT_DATABASE_URL: string;
  /** Umami's key for sessions; without it Umami makes one of DATABASE_URL, and a new password would sign everybody out. */
  readonly APP_SECRET: string;
  /** 64 hex digits, with which Umami encrypts users' second factors from 3.3 on: with another key they are unreadable. */
  readonly TWO_FACTOR_ENCRYPTION_KEY: string;
  /** Password of Umami's user `admin`; absent when there is none, or its password is not known. */
  readonly UMAMI_ADMIN_PASSWORD?: string;
  /** What was last given as a reason for a new password. */
  readonly passwordVersion?: string;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where the database is, and which schema and database role are meant. */
interface SecretTarget extends Endpoint {
  /** Endpoint that Umami connects to, such as a connection pooler. @default - host and port of the target */
  readonly umami?: Endpoint;
  readonly database: string;
  readonly schema: string;
  readonly databaseRole: string;
}

/**
 * The value for a target: what is known is kept, and what is not is made.
 *
 * @param administrator password of Umami's administrator, if there is one whose password is known
 */
export function secretValue(
  target: SecretTarget,
  known: Partial<SecretValue>,
  administrator: string | undefined,
): SecretValue {
  const { umami: { host, port } = target, database: dbname, schema, databaseRole: username } = target;
  const password = (known.username === username && known.password) || newPassword();
  const { passwordVersion } = known;
  return {
    engine: 'postgres',
    host,
    port,
    username,
    password,
    dbname,
    schema,
    ...databaseUrls({ host, port, username, password, dbname, schema }, target),
    APP_SECRET: known.APP_SECRET || newPassword(),
    TWO_FACTOR_ENCRYPTION_KEY: known.TWO_FACTOR_ENCRYPTION_KEY || randomBytes(32).toString('hex'),
    ...(passwordVersion === undefined ? {} : { passwordVersion }),
    ...(administrator ? { UMAMI_ADMIN_PASSWORD: administrator } : {}),
  };
}

function databaseUrls(value: Parameters<typeof databaseUrl>[0], { host, port }: Endpoint) {
  return { DATABASE_URL: databaseUrl(value), DIRECT_DATABASE_URL: databaseUrl({ ...value, host, port }) };
}

/** The endpoint of the administrator that a secret tells of; a secret without `DIRECT_DATABASE_URL` has one endpoint. */
export function directEndpoint({ host, port, DIRECT_DATABASE_URL: url }: Partial<SecretValue>): Partial<Endpoint> {
  if (url && URL.canParse(url)) {
    const { hostname, port: text } = new URL(url);
    return { host: hostname, port: Number(text) };
  }
  return { host, port: port === undefined ? undefined : Number(port) };
}

/** Umami's endpoint that a secret tells of, where that is another one than the administrator's. */
export function umamiEndpoint(value: Partial<SecretValue>): Endpoint | undefined {
  const { host, port } = value;
  if (!host || !port) return undefined;
  const direct = directEndpoint(value);
  return direct.host === host && direct.port === Number(port) ? undefined : { host, port: Number(port) };
}

/**
 * The connection string. `schema` is what Umami's model queries name; `verify-full` makes its driver check the server's
 * certificate, for which the container needs the RDS CA bundle in NODE_EXTRA_CA_CERTS.
 */
export function databaseUrl(
  value: Pick<SecretValue, 'host' | 'port' | 'username' | 'password' | 'dbname' | 'schema'>,
): string {
  const { username, password, host, port, dbname, schema } = value;
  const [user, secret] = [username, password].map(encodeURIComponent);
  // The driver decodes this part with decodeURI, which leaves `%40` and its like as they are.
  const database = encodeURI(dbname).replace(/[?#]/g, encodeURIComponent);
  return `postgresql://${user}:${secret}@${host}:${port}/${database}?schema=${encodeURIComponent(schema)}&sslmode=verify-full`;
}

/** What a secret holds, if it is a value of this package; CloudFormation first fills it with a random text. */
export function parseSecretValue(text: string | undefined): Partial<SecretValue> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Partial<SecretValue>) : {};
  } catch {
    return {};
  }
}

/** The same value with another password, and perhaps another database role. */
export function withSignIn(value: SecretValue, signIn: Pick<SecretValue, 'username' | 'password'>): SecretValue {
  const { host = value.host, port = value.port } = directEndpoint(value);
  return { ...value, ...signIn, ...databaseUrls({ ...value, ...signIn }, { host, port }) };
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
