import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

// Run by npm in the folder of a package before it is packed: npm leaves out what is missing, without a word.

const { name, files, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const modules = Object.values<string | { default: string }>(exports).map((module) =>
  typeof module === 'string' ? module : module.default,
);
const wanted: string[] = [...files.filter((file: string) => !file.startsWith('!')), ...modules];
const missing = wanted.filter((file) => !existsSync(file));
if (missing.length > 0) {
  process.stderr.write(
    `${name} cannot be packed: ${missing.join(', ')} must exist in ${basename(process.cwd())}/. Run in the repository: npx projen build\n`,
  );
  process.exitCode = 1;
}
