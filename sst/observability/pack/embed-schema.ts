import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// A user who copies the folder or installs the package needs no CDK: the one entry of @user-metrics/tagging
// that is used lies beside, as it is. Its package would bring aws-cdk-lib into an SST application as a peer.

const SCHEMA = '@user-metrics/tagging/schema';
const folder = join(__dirname, '..');
const tagging = join(folder, '..', '..', 'packages', 'tagging');

/** Copies the files, lets them import the schema from beside them, and puts it there. */
function embed(from: string, to: string, schema: string, files: RegExp): void {
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from).filter((name) => files.test(name))) {
    writeFileSync(join(to, file), readFileSync(join(from, file), 'utf8').replaceAll(SCHEMA, './schema'));
  }
  cpSync(schema, join(to, 'schema'), { recursive: true });
}

const lib = join(folder, 'lib');
const standalone = join(folder, 'standalone');
rmSync(standalone, { recursive: true, force: true });
embed(folder, standalone, join(tagging, 'src', 'schema'), /\.ts$|^README\.md$/);
embed(lib, lib, join(tagging, 'lib', 'src', 'schema'), /\.(js|d\.ts)$/);
