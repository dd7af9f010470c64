import { MissingRight, readOrMissing } from '../account/missing-right';
import { CommandError, EXIT } from '../command-error';

/** That rights are missing. */
export function notAllowed(actions: readonly string[], otherwise = ''): CommandError {
  const are = actions.length === 1 ? 'is' : 'are';
  return new CommandError(
    `init could not read the account: ${actions.join(', ')} ${are} not allowed. Allow reading with apps/foundation/policies/read-only.json: see docs/permissions.md.${otherwise}`,
    EXIT.account,
  );
}

type Reads = { readonly [name: string]: () => Promise<unknown> };

/**
 * Reads several things at the same time.
 *
 * @throws CommandError that names every IAM action that is missing
 */
export async function readAll<R extends Reads>(reads: R): Promise<{ [Name in keyof R]: Awaited<ReturnType<R[Name]>> }> {
  const found = await Promise.all(
    Object.entries(reads).map(async ([name, read]) => [name, await readOrMissing(read)] as const),
  );
  const missing = found.flatMap(([, value]) => (value instanceof MissingRight ? [value.action] : []));
  if (missing.length > 0) throw notAllowed([...new Set(missing)].sort());
  return Object.fromEntries(found) as never;
}
