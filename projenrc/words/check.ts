import { spawnSync } from 'node:child_process';
import { TERMS } from './terms';

/** Terms that are written in the files that git knows, one line each; this folder and licences are left out. */
export function forbiddenTerms(folder: string): string[] {
  return Object.entries(TERMS).flatMap(([pattern, use]) => {
    const { stdout, stderr, status } = spawnSync(
      'git',
      [
        'grep',
        '--untracked',
        '-nIiP',
        '-e',
        pattern,
        '--',
        '.',
        ':!projenrc/words',
        ':!projenrc/test/unit/words.test.ts',
        ':!*LICENSE',
        ':!package-lock.json',
      ],
      { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (status === null || status > 1) throw new Error(`git grep failed: ${stderr}`);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${line.slice(0, 200)}\n    write instead: ${use}`);
  });
}

if (process.argv[1] === __filename) {
  const found = forbiddenTerms(process.cwd());
  process.stdout.write(
    found.length === 0 ? '' : `${found.join('\n')}\n\n${found.length} terms of projenrc/words/terms.ts\n`,
  );
  process.exitCode = found.length === 0 ? 0 : 1;
}
