import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FurtherMigration } from './index';

/** File beside the function's code that holds the migrations of a folder; they were checked at synth. */
export const FURTHER_FILE = 'migrations.json';

export function furtherText(migrations: readonly FurtherMigration[]): string {
  return JSON.stringify(migrations);
}

/**
 * Reads that file.
 *
 * @param digest SHA-256 of the file that was meant
 * @throws Error when there is another one, or none
 */
export function readFurther(file: string, digest: string): FurtherMigration[] {
  const text = readFileSync(file);
  if (sha256(text) === digest) return JSON.parse(text.toString());
  throw new Error(
    `The function has other migrations than property Migrations says: expected SHA-256 ${digest}, got: ${sha256(text)}. Nothing was changed. Deploy again.`,
  );
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
