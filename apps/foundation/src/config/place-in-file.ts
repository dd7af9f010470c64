import { relative } from 'node:path';

/** A position as parsers and stack traces write it; `node:internal/…` is none. */
const POSITION = /(?<![\w:])(?<file>(?:\/|[A-Za-z]:\\|file:\/\/)[^\n:()]*):(?<line>\d+):(?<column>\d+)/g;

/**
 * Where an error of a configuration file is: the first position in its message or stack that is in the file, or in a file
 * that it imports.
 *
 * @returns nothing when no position is known
 */
export function placeOf(error: unknown, configFile: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const positions = [...`${error.message}\n${error.stack ?? ''}`.matchAll(POSITION)].map(({ groups }) => groups);
  const own = positions.find((position) => position && !/[\\/]node_modules[\\/]|^file:/.test(position['file'] ?? ''));
  return own && describePlace(own['file'] ?? '', configFile, Number(own['line']), Number(own['column']));
}

/** A position for the list of errors. */
export function describePlace(file: string, configFile: string, line: number, column: number): string {
  const where = `line ${line}, column ${column}`;
  return file === configFile ? where : `${relative(process.cwd(), file) || file}, ${where}`;
}
