import { writeFileSync } from 'node:fs';
import { startPostgres } from '@user-metrics/postgres-server';
import { objectsPage, PAGE_VERSION } from './page';

// Writes the page of what exists in the database afterwards into the file that is named.
async function print(file: string): Promise<void> {
  const server = await startPostgres({ version: PAGE_VERSION });
  try {
    writeFileSync(file, await objectsPage(server));
  } finally {
    await server.stop();
  }
}

print(process.argv[2] ?? '/dev/stdout').catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
