import { spawnSync } from 'node:child_process';
import { TERMS } from './terms';

const CHECKED = ['.', ':!projenrc/words', ':!projenrc/test/unit/words.test.ts', ':!*LICENSE', ':!package-lock.json'];

/** Terms in the files that git knows and in their names, one line each; this folder and licences are left out. */
export function forbiddenTerms(folder: string): string[] {
  const files = linesOf(folder, 'ls-files', '--cached', '--others', '--exclude-standard', '--', ...CHECKED);
  return Object.entries(TERMS).flatMap(([pattern, use]) => {
    const inName = new RegExp(pattern, 'i');
    return [
      ...files.filter((file) => inName.test(file.replace(/[-_./]/g, ' '))),
      ...linesOf(folder, 'grep', '--untracked', '-nIiP', '-e', pattern, '--', ...CHECKED),
    ].map((line) => `${line.slice(0, 200)}\n    write instead: ${use}`);
  });
}

function linesOf(cwd: string, ...args: string[]): string[] {
  const { stdout, stderr, status } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status === null || status > 1) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}

if (process.argv[1] === __filename) {
  const found = forbiddenTerms(process.cwd());
  process.stdout.write(
    found.length === 0 ? '' : `${found.join('\n')}\n\n${found.length} terms of projenrc/words/terms.ts\n`,
  );
  process.exitCode = found.length === 0 ? 0 : 1;
}
