import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SupervisedFolder } from '@user-metrics/supervisor';
import type { Certificates } from './certificates';
import { giveTo, type OperatingUser } from './operating-user';
import { PostgresServerError } from './postgres-server-error';

export const SUPERUSER = 'postgres';

export interface DataDirectoryOptions {
  /** Folder of this server; the data lies below it. */
  readonly folder: string;
  readonly supervised: SupervisedFolder;
  readonly binaries: string;
  readonly user: OperatingUser | undefined;
  readonly certificates: Certificates;
  /** Further lines of postgresql.conf. */
  readonly settings: { readonly [name: string]: string };
}

/** Runs initdb and writes the configuration. Gives the superuser's password. */
export async function createDataDirectory(options: DataDirectoryOptions): Promise<string> {
  const { folder, binaries, user } = options;
  const password = randomBytes(18).toString('base64url');
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'superuser-password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  for (const path of [folder, data, passwordFile]) await giveTo(user, path);
  const initdb = options.supervised.run({
    command: join(binaries, 'bin', 'initdb'),
    args: [
      ...['-D', data, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    ],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    ...user,
  });
  if ((await initdb.exitCode) !== 0) {
    const reason = initdb.log().trim().split('\n').at(-1);
    throw new PostgresServerError(`PostgreSQL could not make its data directory: ${reason}`);
  }
  await writeConfiguration(data, options);
  return password;
}

async function writeConfiguration(data: string, { user, certificates, settings }: DataDirectoryOptions): Promise<void> {
  const configuration = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ssl: 'on',
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
    // The data lives as long as the process: nothing has to survive a power failure.
    fsync: 'off',
    full_page_writes: 'off',
    // Its folder may lie in memory.
    max_wal_size: '64MB',
    min_wal_size: '32MB',
    ...settings,
  });
  const files = {
    'server.crt': certificates.certificate,
    'server.key': certificates.privateKey,
    'postgresql.auto.conf': configuration
      .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
      .join(''),
    // Clear-text connections are refused: a client that forgets TLS has to fail here too.
    'pg_hba.conf': 'hostssl all all 127.0.0.1/32 scram-sha-256\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(data, name), text, { mode: 0o600 });
    await giveTo(user, join(data, name));
  }
}
