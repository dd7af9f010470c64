import type { PostgresServer } from '@user-metrics/postgres-server';
import { Client } from 'pg';
import { connect } from '../../runtime/connection/connect';
import { provision } from '../../runtime/provision/provision';
import { DEFAULT_LIMITS } from '../../runtime/target/target';
import { type Listing, newObjects, remember } from './new-objects';

/** The release that the page is made with: the objects are the same on others, PostgreSQL's own are not. */
export const PAGE_VERSION = '17';

const INTRODUCTION = `# What exists in the database afterwards

Every object, grant and setting that provisioning leaves, read from a PostgreSQL ${PAGE_VERSION} on which an administrator named
\`administrator\`, no superuser, provisioned schema \`umami\` and database role \`umami_user\` for stack and stage
\`UserMetrics-dev-Database/dev\` in database \`application\`. Made by \`npx nx run @user-metrics/umami-db:objects\`; a test compares.

Nothing is granted to PUBLIC, and nothing of it is revoked. Tables, sequences and indexes belong to the administrator.
`;

/** The columns of this page are names and lists of ours: no cell holds a line break or a bar. */
function table({ title, columns, rows }: Listing): string {
  const lines = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `## ${title}\n\n${rows.length === 0 ? 'None.' : lines.join('\n')}\n`;
}

const ABOUT_COUNTS = `
What each catalog of PostgreSQL has more than before. Beside the tables, sequences and indexes above, pg_class counts the
TOAST tables of our tables and their indexes, and pg_type a row type and an array type for each table. There is no
function, trigger, view, extension, large object or event trigger.
`;

/** Provisions on an empty server, and describes what is new there. */
export async function objectsPage(server: PostgresServer): Promise<string> {
  const { host, port, caCertificate } = server;
  const superuser = (database: string) =>
    new Client({ host, port, ssl: { ca: caCertificate }, database, ...server.superuser });
  const first = superuser('postgres');
  await first.connect();
  await first.query(`create role administrator login createrole password 'x'`);
  await first.query('create database application owner administrator');
  await first.end();
  const root = superuser('application');
  await root.connect();
  await remember(root);
  const options = { host, port, certificateAuthority: caCertificate, database: 'application' };
  const administrator = await connect({ ...options, user: 'administrator', password: 'x' });
  const owner = { name: 'UserMetrics-dev-Database/dev', id: 'umami-1' };
  await provision(
    administrator,
    { database: 'application', schema: 'umami', databaseRole: 'umami_user', owner, limits: DEFAULT_LIMITS },
    { password: 'x', canSignIn: async () => true },
  );
  const listings = await newObjects(root);
  await administrator.end();
  await root.end();
  return `${[INTRODUCTION, ...listings.map(table)].join('\n')}${ABOUT_COUNTS}`;
}
