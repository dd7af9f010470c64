import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { objectsPage, PAGE_VERSION } from '../objects/page';

const PAGE = join(__dirname, '../../../../docs/umami-database-objects.md');

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ version: PAGE_VERSION });
});

afterAll(() => server.stop());

test('the page lists what a real server has afterwards; update it with: npx nx run @user-metrics/umami-db:objects', async () => {
  expect(await objectsPage(server)).toBe(readFileSync(PAGE, 'utf8'));
});
