import type { ClientBase } from 'pg';
import { ledgerSchema } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { Inspection } from './facts';

/** Parameters: schemas. A publication of all tables holds also those that are made later. */
const DATABASE_SQL = `
select current_setting('server_encoding') as encoding, array(
  select format('%I%s', pubname, case when puballtables then ' (FOR ALL TABLES)' end) from pg_publication
  where puballtables or pubname in (select pubname from pg_publication_tables where schemaname = any ($1::text[]))
  order by 1) as publications`;

/**
 * Makes sure that the database can hold what Umami stores, and finds publications that send it elsewhere.
 *
 * @returns warnings
 * @throws ProvisionError when Umami's schema does not exist yet and the encoding is not UTF8, unless it is allowed
 */
export async function checkDatabase(
  client: ClientBase,
  { schema: found }: Inspection,
  target: Target,
): Promise<string[]> {
  const { database, schema, allowOtherEncoding } = target;
  const { rows } = await client.query<{ encoding: string; publications: string[] }>(DATABASE_SQL, [
    [schema, ledgerSchema(target)],
  ]);
  const { encoding = 'UTF8', publications = [] } = rows[0] ?? {};
  const invalid = `Database ${database} has encoding ${encoding}: page titles and events with characters that it lacks, such as emoji, cannot be stored.`;
  if (encoding !== 'UTF8' && !found && !allowOtherEncoding) {
    throw new ProvisionError(
      `${invalid} Nothing was changed. Use a database with encoding UTF8 (create database … encoding 'UTF8' template template0), or allow this one with \`allowOtherEncoding\`.`,
    );
  }
  return [
    ...(encoding === 'UTF8' ? [] : [invalid]),
    ...publications.map(
      (publication) =>
        `Publication ${publication} of database ${database} sends the rows of schema ${schema} to its subscribers, and a subscriber without Umami's tables stops with an error at the first of them. Make the tables there too, or publish the application's tables by name.`,
    ),
  ];
}
