import { type RehearsalContext, required } from '../context';
import { createApplication } from '../database/application';
import { givenServer, ownServer } from '../database/server';

/** Starts PostgreSQL, or connects to the user's. */
export async function startServer(context: RehearsalContext, onProgress: (message: string) => void): Promise<string> {
  const { databaseUrl, postgres, port } = context.options;
  if (databaseUrl !== undefined) {
    context.server = await givenServer(databaseUrl);
    return `PostgreSQL ${context.server.version} of --database-url`;
  }
  const server = await ownServer({
    ...(postgres ? { version: postgres } : {}),
    ...(port === undefined ? {} : { port }),
    onProgress,
  });
  context.cleanUp.add(server.stop);
  context.server = server;
  return `PostgreSQL ${server.version} on port ${server.port}, TLS only`;
}

/** Makes it look like the user's Aurora. */
export async function createNeighbour(context: RehearsalContext): Promise<string> {
  const { checklist, cleanUp } = context;
  const { Database, DatabaseRole } = required(context, 'databaseFunction').resourceProperties;
  const wanted = { database: String(Database), databaseRole: String(DatabaseRole) };
  const application = await createApplication(required(context, 'server'), wanted, cleanUp);
  const admin = await application.connectAdmin();
  try {
    const { rows } = await admin.query(
      'select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    );
    const { rolsuper, rolcreaterole, rolcreatedb } = rows[0];
    checklist.verdict(
      'server.administrator',
      rolsuper ? ['it is a superuser'] : [],
      `superuser ${rolsuper}, CREATEROLE ${rolcreaterole}, CREATEDB ${rolcreatedb}`,
    );
  } finally {
    await admin.end();
  }
  context.application = application;
  return `database ${application.database} with an application in schema ${application.schema}`;
}
