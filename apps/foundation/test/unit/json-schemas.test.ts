import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { JSON_SCHEMAS } from '../../src/commands/json-schemas';

const FOLDER = join(__dirname, '..', '..', 'schemas');

/** `npx vitest -u` writes the files. */
test.each(Object.entries(JSON_SCHEMAS))('schemas/%s.json is the schema of the command', async (name, schema) => {
  const text = `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(FOLDER, `${name}.json`));
});

test('there is no schema of a command that is gone', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(
    Object.keys(JSON_SCHEMAS)
      .map((name) => `${name}.json`)
      .sort(),
  );
});
