import { findRights } from '../../../runtime/isolation/find-rights';
import type { Finding } from '../../../runtime/isolation/finding';
import { type Application, makeApplication } from '../application';

/** An application with a thing of each kind that rights can be given on, and Umami beside it. */
export interface Granted {
  readonly application: Application;
  /** A role that can sign in, and was granted nothing. */
  readonly other: string;
  /** What is found after some SQL, within the transaction in which it ran; without what every server has. */
  foundAfter(sql: string): Promise<Finding[]>;
}

/** Lets everybody into the application's schema. */
export const SEEN = 'grant usage on schema app to public';

export async function makeGranted(): Promise<Granted> {
  const application = await makeApplication();
  const other = `${application.target.databaseRole}_other`;
  await application.provision();
  await application.query(`
    create role ${other} login;
    create view app.names as select id from app.orders;
    create materialized view app.totals as select 1 as total;
    create table app.parts (id int) partition by range (id);
    create foreign data wrapper nowhere;
    create server remote foreign data wrapper nowhere;
    create foreign table app.remote (id int) server remote;
  `);
  const client = {
    query: async (text: string, values: unknown[]) => ({ rows: await application.query(text, values) }),
  };
  return {
    application,
    other,
    foundAfter: async (sql) => {
      await application.query(sql);
      const found = await findRights(client as unknown as Parameters<typeof findRights>[0], application.target);
      return found.filter(({ family, privileges }) => family !== 'databases' && privileges !== 'TEMPORARY');
    },
  };
}
