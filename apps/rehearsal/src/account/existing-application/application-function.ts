// A function of the application: it asks the application's schema. It is zipped as it is compiled, so it imports
// nothing of ours.
import { Client } from 'pg';

export async function handler(): Promise<{ release: string; value: number }> {
  const client = new Client({
    connectionString: process.env['DATABASE_URL'],
    ssl: { ca: process.env['DATABASE_CA'] },
  });
  await client.connect();
  try {
    const { rows } = await client.query(process.env['QUERY'] ?? '');
    return { release: process.env['RELEASE'] ?? '', value: Number(rows[0].value) };
  } finally {
    await client.end();
  }
}
