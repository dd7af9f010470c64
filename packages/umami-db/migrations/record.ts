import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { PASSWORD_HASH_PLACE } from '../runtime/migrations/seed';
import { insertOwnRow } from '../runtime/sql/own-ledger';
import { migrations } from './index';
import { sentByRunner } from './sent';

const LEDGER = 'ledger';

/**
 * Writes down the SQL of each migration, so that nothing has to speak node-pg-migrate when it is run. Compressed: the
 * SQL is an eighth of the code of the Lambda function when it is written out, a thirtieth when it is compressed.
 */
async function record(file: string): Promise<void> {
  const seed = { administratorPasswordHash: PASSWORD_HASH_PLACE };
  const sent = await sentByRunner(migrations, { ledgerSchema: LEDGER, hasLedger: true, seed });
  const recorded = migrations.map(({ name }) => ({
    name,
    statements: sent
      .filter(({ migration, sql }) => migration === name && sql !== insertOwnRow(LEDGER, name))
      .map(({ sql }) => sql),
  }));
  const deflated = deflateRawSync(JSON.stringify(recorded), { level: 9 }).toString('base64');
  writeFileSync(file, `${JSON.stringify({ deflated })}\n`);
}

void record(process.argv[2] ?? 'recorded.json');
