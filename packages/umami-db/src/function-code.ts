import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DockerImage, FileSystem } from 'aws-cdk-lib/core';
import { FURTHER_FILE, furtherText, sha256 } from '../runtime/migrations/further-file';
import { CERTIFICATE_FILE } from '../runtime/verification/properties';
import type { UmamiMigrations } from './umami-migrations';

/** The bundles lie beside package.json, which is one level up from here as written, and two as compiled. */
const ASSETS = join(dirname(require.resolve('@user-metrics/umami-db/package.json')), 'assets');
export const FUNCTION_FOLDER = join(ASSETS, 'provision');
export const RETENTION_FOLDER = join(ASSETS, 'retention');
const VERIFICATION_FOLDER = join(ASSETS, 'verification');

/** Code of the function that provisions: the bundle, and beside it the migrations that it does not have. */
export function functionCode(migrations: UmamiMigrations | undefined): Code {
  return codeWith(FUNCTION_FOLDER, furtherFile(migrations));
}

/** Code of the function that verifies: the same, and the CA certificate, which environment variables have no room for. */
export function verificationCode(migrations: UmamiMigrations | undefined, certificate: string | undefined): Code {
  const files = { ...furtherFile(migrations), ...(certificate ? { [CERTIFICATE_FILE]: certificate } : {}) };
  return codeWith(VERIFICATION_FOLDER, files);
}

interface Files {
  readonly [file: string]: string;
}

function furtherFile(migrations: UmamiMigrations | undefined): Files {
  return migrations && migrations.further.length > 0 ? { [FURTHER_FILE]: furtherText(migrations.further) } : {};
}

function codeWith(bundle: string, files: Files): Code {
  const entries = Object.entries(files);
  if (entries.length === 0) return Code.fromAsset(bundle);
  const tryBundle = (folder: string) => {
    cpSync(bundle, folder, { recursive: true });
    for (const [file, text] of entries) writeFileSync(join(folder, file), text);
    return true;
  };
  return Code.fromAsset(bundle, {
    assetHash: sha256(FileSystem.fingerprint(bundle) + entries.map(([file, text]) => file + sha256(text)).join()),
    // Copies files; the image is never asked for.
    bundling: { image: DockerImage.fromRegistry('unused'), local: { tryBundle } },
  });
}

/** What the custom resource tells the function of them, so that it runs when they change. */
export function migrationsDigest(migrations: UmamiMigrations | undefined): string | undefined {
  return migrations && migrations.further.length > 0 ? sha256(furtherText(migrations.further)) : undefined;
}
