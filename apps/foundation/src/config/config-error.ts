import type { ConfigProblem } from './problems';

/** A configuration that cannot be used; the message is the whole list of what is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param file the configuration file
   * @param problems everything that is wrong with it
   */
  constructor(
    readonly file: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    super(
      [
        `${file} has ${problems.length === 1 ? '1 error' : `${problems.length} errors`}:`,
        ...problems.map(describe),
      ].join('\n\n'),
    );
  }
}

function describe({ path, got, expected, fix }: ConfigProblem): string {
  return [`  ${path}`, `    got       ${got}`, `    expected  ${expected}`, `    fix       ${fix}`].join('\n');
}
