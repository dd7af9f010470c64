import type { EventEmitter } from 'node:events';
import { Client, type ClientConfig } from 'pg';
import { ProvisionError } from '../target/provision-error';
import { retry } from '../time/retry';
import { isSqlstate, SQLSTATE } from './sqlstate';

/** Where the server is. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** PEM text of the CA certificates that are trusted to sign the server's certificate. */
  readonly certificateAuthority: string;
}

/** How to reach the database. TLS is always on and always verified. */
export interface ConnectionOptions extends ServerAddress {
  readonly user: string;
  readonly password: string;
  /** `application_name`, as the server's log and pg_stat_activity show it. @default 'user-metrics' */
  readonly applicationName?: string;
}

/** How often and how long {@link connect} tries while a database resumes from a pause or fails over. */
export interface RetryOptions {
  /** Longest single attempt, in milliseconds. @default 15000 */
  readonly attemptTimeout?: number;
  /** Attempts after the first one. @default 8, about two minutes */
  readonly retries?: number;
  /** Whether there is another attempt when the server took the password, and has no connection left. @default true */
  readonly afterAuthentication?: boolean;
}

/** In milliseconds. With the wait for another provisioning, a function of less than five minutes keeps time for its work. */
const LONGEST_WAIT = 120_000;

/**
 * Connects, and tries again while the server is not ready.
 *
 * @throws ProvisionError when it stays unreachable, refuses the password, or shows a certificate that is not trusted
 */
export async function connect(options: ConnectionOptions, retryOptions: RetryOptions = {}): Promise<Client> {
  const { attemptTimeout = 15_000, retries = 8, afterAuthentication = true } = retryOptions;
  const attempt = () => connectOnce(options, attemptTimeout);
  try {
    return await retry(attempt, {
      retries,
      minTimeout: 500,
      maxTimeout: 20_000,
      maxRetryTime: LONGEST_WAIT,
      shouldRetry: ({ error }) => isPassing(error) && (afterAuthentication || !authenticated.has(error)),
    });
  } catch (error) {
    throw new ProvisionError(explain(error as DriverError, options), { cause: error });
  }
}

/** What the driver or the server called the failure of {@link connect}, e.g. `28P01` or `ENOTFOUND`. */
export function failureCode(error: unknown): string | undefined {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return code;
}

/** Whether the server, or PgBouncer before it, refuses the password, or the sign-in from here. */
export function refusesPassword(error: unknown): boolean {
  return isRefused(Object((error as Error).cause));
}

function isRefused({ code = '', message }: DriverError): boolean {
  return REFUSED_PASSWORD.has(code) || (code === PROTOCOL_VIOLATION && /\bauth(entication)? failed/.test(message));
}

/** Errors that came after the server had taken the password. */
const authenticated = new WeakSet<object>();

/** Whether the server had taken the password before {@link connect} failed. */
export function tookPassword(error: unknown): boolean {
  return authenticated.has(Object((error as Error).cause));
}

async function connectOnce(options: ConnectionOptions, connectionTimeoutMillis: number): Promise<Client> {
  const { certificateAuthority, applicationName = 'user-metrics', ...target } = options;
  const config: ClientConfig = {
    ...target,
    connectionTimeoutMillis,
    application_name: applicationName,
    keepAlive: true,
    ssl: { ca: certificateAuthority, rejectUnauthorized: true },
  };
  const client = new Client(config);
  // A connection that breaks between two statements emits an error; the next statement reports it.
  client.on('error', () => {});
  let isAuthenticated = false;
  // Not in the driver's types. PostgreSQL, Frontend/Backend Protocol: AuthenticationOk comes before anything that the
  // database role or the database may be refused for.
  (client as unknown as { connection: EventEmitter }).connection.once('authenticationOk', () => {
    isAuthenticated = true;
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    if (isAuthenticated) authenticated.add(Object(error));
    throw error;
  }
}

type DriverError = Error & { code?: string };

/** Conditions that end by themselves: network, start-up and shutdown of the server, no free connection. */
const PASSING = new Set<string>([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  SQLSTATE.tooManyConnections,
]);

function isPassing(error: DriverError): boolean {
  return PASSING.has(error.code ?? '') || /timeout expired|terminated unexpectedly/.test(error.message);
}

/** SQLSTATEs of a refused password. PgBouncer has one for everything: see {@link isRefused}. */
const REFUSED_PASSWORD = new Set<string>([SQLSTATE.invalidPassword, '28000']);
const PROTOCOL_VIOLATION = '08P01';

function explain(error: DriverError, { host, port, database, user }: ConnectionOptions): string {
  const where = `${host}:${port}/${database}`;
  if (isRefused(error))
    return `The database at ${where} refuses user ${user}: ${error.message}. Check the password in the secret.`;
  if (isSqlstate(error, 'invalidCatalogName'))
    return `There is no database ${database} at ${host}:${port}. Check the name of the database.`;
  if (/certificate|altnames/i.test(error.message)) {
    return `The certificate of ${where} is not trusted: ${error.message}. Give its CA certificate, or the host name that the certificate is for.`;
  }
  if (isSqlstate(error, 'tooManyConnections'))
    return `The database at ${where} has no connection left for user ${user}: ${error.message}. Close some, or raise max_connections.`;
  return `The database at ${where} cannot be reached: ${reasonOf(error)}. Check host, port, security groups and routes.`;
}

/** A host with several addresses fails with an error for each of them, and no message of its own. */
function reasonOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(({ message }) => message).join(', ') : error.message;
}
