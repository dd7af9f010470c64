import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isTaken, SupervisedFolder } from '@user-metrics/supervisor';
import { locateBinaries } from './binaries';
import { makeCertificates } from './certificates';
import { createDataDirectory, SUPERUSER } from './data-directory';
import { type OperatingUser, operatingUser, reachable, readableBinaries } from './operating-user';
import { runOnFreePort, runOnPort } from './port';
import { PostgresServerError } from './postgres-server-error';
import { DEFAULT_POSTGRES_VERSION, type PostgresVersion } from './releases';

export interface PostgresServerOptions {
  /** Major version; all but the default one are fetched from npm on first use. @default '17' */
  readonly version?: PostgresVersion;
  /** Port on 127.0.0.1. @default - a free one */
  readonly port?: number;
  /** Further settings of postgresql.conf. @default - none */
  readonly settings?: { readonly [name: string]: string };
  /** Interrupts a start: it rejects and leaves nothing behind. @default - it cannot be interrupted */
  readonly signal?: AbortSignal;
  /** Told about what takes longer than a moment. @default - nobody */
  readonly onProgress?: (message: string) => void;
}

/** A running PostgreSQL that speaks TLS only. */
export interface PostgresServer {
  readonly version: PostgresVersion;
  /** Name that the server's certificate is valid for, beside 127.0.0.1. */
  readonly host: 'localhost';
  readonly port: number;
  readonly superuser: { readonly user: string; readonly password: string };
  /** CA certificate that signed the server's certificate, as PEM text. */
  readonly caCertificate: string;
  /** The same as a file, for clients that want a path; goes with the server. */
  readonly caFile: string;
  /** What the server has written to its log so far. */
  log(): string;
  /** Stops the server and removes everything it wrote. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL on a loopback port. It ends with `stop()`, or with the process that started it, however that ends.
 *
 * @throws PostgresServerError when it cannot be fetched or does not start; nothing is left behind then
 */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const { version = DEFAULT_POSTGRES_VERSION, port, signal, onProgress = () => {} } = options;
  if (port !== undefined && (await isTaken(port))) {
    throw new PostgresServerError(`PostgreSQL cannot use port ${port} of 127.0.0.1: something listens there already.`);
  }
  const binaries = await locateBinaries(version, onProgress, signal);
  return await startIn(version, binaries, options);
}

async function startIn(
  version: PostgresVersion,
  installedBinaries: string,
  { port: wantedPort, settings = {}, signal }: PostgresServerOptions,
): Promise<PostgresServer> {
  const user = await operatingUser();
  const folder = await makeFolder(user);
  const supervised = new SupervisedFolder(folder);
  try {
    signal?.throwIfAborted();
    const abort = () => void supervised.remove();
    signal?.addEventListener('abort', abort, { once: true });
    const [certificates, binaries] = await Promise.all([
      makeCertificates(),
      readableBinaries(user, installedBinaries, folder),
    ]);
    const password = await createDataDirectory({ folder, supervised, binaries, user, certificates, settings });
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, certificates.caCertificate, { mode: 0o644 });
    const { caCertificate } = certificates;
    const run = (port: number) =>
      supervised.run({
        command: join(binaries, 'bin', 'postgres'),
        args: ['-D', join(folder, 'data'), '-p', String(port)],
        env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
        ...user,
      });
    const access = {
      version,
      host: 'localhost',
      superuser: { user: SUPERUSER, password },
      caCertificate,
      caFile,
    } as const;
    const started = await (wantedPort === undefined ? runOnFreePort(run, access) : runOnPort(wantedPort, run, access));
    const server: PostgresServer = { ...access, ...started, stop: () => supervised.remove() };
    signal?.removeEventListener('abort', abort);
    supervised.unref();
    return server;
  } catch (error) {
    await supervised.remove();
    // What was being written when the folder went has made it anew.
    await rm(folder, { recursive: true, force: true });
    throw signal?.aborted ? signal.reason : error;
  }
}

/** A folder that the operating user can get into; the default temporary folder may be private. */
async function makeFolder(user: OperatingUser | undefined): Promise<string> {
  // TMPDIR may be relative to our folder; the server has another one.
  const own = resolve(tmpdir());
  const parent = user ? reachable([own, '/tmp', '/var/tmp']) : own;
  if (!parent) {
    throw new PostgresServerError(
      `PostgreSQL needs a temporary folder that user ${user?.uid} can enter; set TMPDIR to one.`,
    );
  }
  const folder = await mkdtemp(join(parent, 'user-metrics-postgres-'));
  await chmod(folder, 0o755);
  return folder;
}
