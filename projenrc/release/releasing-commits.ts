import { execFileSync } from 'node:child_process';

// Run for a pull request: `nx release` makes a version of what feat, fix and breaking commits touch, and passes over the rest.

/** What a package ships, by its path in the repository. */
const SHIPPED = /^((?:packages|sst)\/[^/]+)\/(?:(?:src|runtime|bin|bundle|migrations)\/|[^/]+\.ts$)/;

/** A commit that says that users of the package get nothing by it, in its last lines. */
const NOT_RELEASED = /^Release: none$/m;

interface Commit {
  readonly message: string;
  readonly files: readonly string[];
}

/** Folders of the packages that the commits change and none of them releases. */
export function withoutRelease(commits: readonly Commit[]): string[] {
  const changed = (which: readonly Commit[]) =>
    new Set(which.flatMap(({ files }) => files.flatMap((file) => SHIPPED.exec(file)?.[1] ?? [])));
  const covered = changed(commits.filter(({ message }) => isReleasing(message) || NOT_RELEASED.test(message)));
  return [...changed(commits)].filter((folder) => !covered.has(folder)).sort();
}

function isReleasing(message: string): boolean {
  return /^(feat|fix)(\([^)]*\))?!?:|^\w+(\([^)]*\))?!:/.test(message) || /^BREAKING CHANGE: /m.test(message);
}

/** The commits that are in HEAD and not in another one. */
export function commitsSince(base: string, cwd = process.cwd()): Commit[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
  const ids = git('rev-list', '--no-merges', `${base}..HEAD`).split('\n').filter(Boolean);
  return ids.map((id) => ({
    message: git('show', '--no-patch', '--format=%B', id),
    files: git('show', '--name-only', '--format=', id).split('\n').filter(Boolean),
  }));
}

if (require.main === module) {
  const folders = withoutRelease(commitsSince(process.argv[2] ?? 'origin/main'));
  for (const folder of folders)
    process.stderr.write(
      `${folder} must be changed by a commit of type feat or fix, or with \`!\`, got: none. nx release would not release it. Correct the type, or add the line "Release: none" to the commit.\n`,
    );
  process.exitCode = folders.length > 0 ? 1 : 0;
}
