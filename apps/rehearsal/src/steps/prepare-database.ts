import { checkAdministrator } from '../checks/administrator';
import { type RehearsalContext, required } from '../context';
import { createApplication } from '../database/application';
import { nameOf, removeAbandonedRuns } from '../database/given-server';
import { givenServer, ownServer } from '../database/server';

/** Starts PostgreSQL, or connects to the user's. */
export async function startServer(context: RehearsalContext, onProgress: (message: string) => void): Promise<string> {
  const { databaseUrl, postgres, port } = context.options;
  if (databaseUrl !== undefined) {
    context.server = await givenServer(databaseUrl);
    const abandoned = await removeAbandonedRuns(context.server);
    const removed = abandoned.map(
      (id) => `; removed what a killed rehearsal had left: ${nameOf('database', id)} and its three database roles`,
    );
    return `PostgreSQL ${context.server.version} of --database-url${removed.join('')}`;
  }
  const server = await ownServer({
    ...(postgres ? { version: postgres } : {}),
    ...(port === undefined ? {} : { port }),
    signal: context.signal,
    onProgress,
  });
  context.cleanUp.add(server.stop);
  context.server = server;
  return `PostgreSQL ${server.version} on port ${server.port}, TLS only`;
}

/** Creates an existing application in the database, and an administrator with the rights that Aurora gives. */
export async function prepareDatabase(context: RehearsalContext): Promise<string> {
  const { Database, DatabaseRole } = required(context, 'databaseFunction').resourceProperties;
  const server = required(context, 'server');
  const application = await createApplication(
    server,
    // On a server of the user's these names may be taken.
    { database: String(Database), databaseRole: String(DatabaseRole), names: server.isOurs ? 'as wanted' : 'fresh' },
    context.cleanUp,
  );
  context.application = application;
  await checkAdministrator(context);
  return `database ${application.database} with an application in schema ${application.schema}`;
}
