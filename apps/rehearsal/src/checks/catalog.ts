import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describeSchema, type SchemaDescription } from '@user-metrics/umami-db/runtime';
import { withAdmin } from '../database/as-admin';
import type { DatabaseUnderTest } from '../database/database-under-test';

export async function checkCatalog({ checklist, application, schema }: DatabaseUnderTest): Promise<void> {
  const found = await withAdmin(application, (admin) => describeSchema(admin, schema));
  const expected = umamiCatalog();
  const tables = Object.keys({ ...expected.tables, ...found.tables });
  const differing = tables.filter((table) => !isDeepStrictEqual(found.tables[table], expected.tables[table]));
  const isEqual = isDeepStrictEqual(found, expected);
  const indexes = Object.values(found.tables).flatMap((table) => table['indexes'] as unknown[]).length;
  checklist.verdict(
    'database.catalog',
    isEqual ? [] : [`it differs in ${differing.join(', ') || 'something other than tables'}`],
    `${Object.keys(found.tables).length} tables, ${indexes} indexes`,
  );
}

function umamiCatalog(): SchemaDescription {
  const packageFolder = dirname(createRequire(__filename).resolve('@user-metrics/umami-db/package.json'));
  return JSON.parse(readFileSync(join(packageFolder, 'test', 'fixtures', 'catalog-3.4.0.json'), 'utf8'));
}
