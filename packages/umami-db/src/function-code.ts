import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DockerImage, FileSystem } from 'aws-cdk-lib/core';
import { FURTHER_FILE, furtherText, sha256 } from '../runtime/migrations/further-file';
import type { UmamiMigrations } from './umami-migrations';

/** The bundles lie beside package.json, which is one level up from here as written, and two as compiled. */
const ASSETS = join(dirname(require.resolve('@user-metrics/umami-db/package.json')), 'assets');
export const FUNCTION_FOLDER = join(ASSETS, 'provision');
export const RETENTION_FOLDER = join(ASSETS, 'retention');

/** Code of the function: the bundle, and beside it the migrations that it does not have. */
export function functionCode(migrations: UmamiMigrations | undefined): Code {
  const digest = migrationsDigest(migrations);
  if (!migrations || digest === undefined) return Code.fromAsset(FUNCTION_FOLDER);
  const tryBundle = (folder: string) => {
    cpSync(FUNCTION_FOLDER, folder, { recursive: true });
    writeFileSync(join(folder, FURTHER_FILE), furtherText(migrations.further));
    return true;
  };
  return Code.fromAsset(FUNCTION_FOLDER, {
    assetHash: sha256(FileSystem.fingerprint(FUNCTION_FOLDER) + digest),
    // Copies two files; the image is never asked for.
    bundling: { image: DockerImage.fromRegistry('unused'), local: { tryBundle } },
  });
}

/** What the custom resource tells the function of them, so that it runs when they change. */
export function migrationsDigest(migrations: UmamiMigrations | undefined): string | undefined {
  return migrations && migrations.further.length > 0 ? sha256(furtherText(migrations.further)) : undefined;
}
