import { join } from 'node:path';
import { loadFoundation } from '@user-metrics/foundation';
import { startLocalAws } from '@user-metrics/local-aws';
import { startPostgres } from '@user-metrics/postgres-server';
import { connect } from '@user-metrics/umami-db/runtime';
import type { Account } from '../../lib/src/account/account';
import { clientsFor } from '../../lib/src/account/aws';
import { bootstrap, runFoundation } from '../../lib/src/account/foundation-command';
import { openAccount } from '../../lib/src/account/open-account';
import type { CleanUp } from '../../lib/src/clean-up';
import type { Application } from '../../lib/src/database/application';
import { givenServer } from '../../lib/src/database/server';

const CONFIG = join(__dirname, '..', '..', '..', 'foundation', 'foundation.config.ts');

/** An account as data, which another process can be given: without clients and connections. */
export type PlainAccount = Omit<Account, 'aws' | 'server' | 'application'> & {
  readonly databaseUrl: string;
  readonly application: Omit<Application, 'connectAdmin' | 'connectUser'>;
};

/** Makes an account with the application in it, and deploys the foundation there. The application then stands still. */
export async function deployAccount(cleanUp: CleanUp): Promise<PlainAccount> {
  const postgres = await startPostgres({ settings: { max_connections: '100' } });
  cleanUp.add(postgres.stop);
  const { superuser, port, caFile } = postgres;
  const databaseUrl = `postgresql://${superuser.user}:${encodeURIComponent(superuser.password)}@localhost:${port}/postgres?sslrootcert=${encodeURIComponent(caFile)}`;
  const localAws = await startLocalAws({ postgres: { host: 'localhost', port } });
  cleanUp.add(localAws.stop);
  const opened = await openAccount({
    localAws,
    foundation: await loadFoundation(CONFIG),
    stage: 'dev',
    server: await givenServer(databaseUrl),
    cleanUp,
  });
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  for (const result of [await bootstrap(opened, options), await runFoundation(opened, 'deploy', options)])
    if (result.exitCode !== 0) throw new Error(result.output);
  // Counts of its rows are exact from now on.
  await opened.workload.stop();
  const { aws, server, application, workload, ...plain } = opened;
  const { connectAdmin, connectUser, ...names } = application;
  const { soFar, ordersWhenStopped } = workload;
  return JSON.parse(
    JSON.stringify({ ...plain, databaseUrl, application: names, workload: { soFar, ordersWhenStopped } }),
  );
}

/** The account with its clients and connections. */
export async function reopen({ databaseUrl, application, ...plain }: PlainAccount): Promise<Account> {
  const server = await givenServer(databaseUrl);
  const { host, port, caCertificate: certificateAuthority } = server;
  const as = (who: Application['user']) => () =>
    connect({ host, port, database: application.database, certificateAuthority, ...who }, { retries: 0 });
  return {
    ...plain,
    server,
    application: { ...application, connectAdmin: as(application.admin), connectUser: as(application.user) },
    aws: clientsFor(plain.caller),
  };
}
