import type { ClientBase } from 'pg';
import { eachRole } from '../inspection/alternation';
import { checkIsolation } from '../isolation/check-isolation';
import { findReaders } from '../isolation/find-readers';
import type { Finding } from '../isolation/finding';
import { name } from '../sql/identifiers';
import type { History } from '../steps/planning';
import { invalidNames } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { execute } from './execute';
import { withProvisioningLock } from './lock';
import { inspectAndPlan, type Plan, type PlanInput } from './plan';

/** What else the steps need of the outside. */
export interface ProvisionInput extends PlanInput {
  /** Told about each warning before anything is changed. */
  onWarning?(warning: string): void;
  /** Told about each step that is done. */
  onStep?(step: string, milliseconds: number): void;
  /** Told about each migration when it begins, and about each statement of it. */
  onMigration?(migration: string, statement: number, statements: number): void;
  /**
   * Called before the first statement that changes a schema with tables for another release. @default - nothing is done
   *
   * @throws anything: nothing is changed then
   */
  readonly beforeUpgrade?: (upgrade: Pick<History, 'applied' | 'pending'>) => Promise<void>;
  /** When the last statement has to be over, on the clock of `performance.now()`. @default - never */
  readonly deadline?: number;
  /** Milliseconds in which a transaction that gave up waiting for a lock is tried again. @default 60000 */
  readonly lockRetryTime?: number;
}

/** What was found and done. */
export interface ProvisionReport {
  readonly server: string;
  /** Migrations that were applied now. */
  readonly applied: readonly string[];
  /** Migrations that are applied altogether. */
  readonly present: number;
  /** Migrations beyond the target, which were left as they are. */
  readonly ahead: readonly string[];
  /** What the role can get at outside its schema. */
  readonly reachable: readonly Finding[];
  /** What works today and may not tomorrow. */
  readonly warnings: readonly string[];
}

/**
 * Makes the database role, the schema and everything in it, or whatever of that is missing. Each step may be repeated.
 *
 * @param client a connection of an administrator, used by nothing else meanwhile
 * @throws ProvisionError when the server is too old or read-only, something that exists belongs to somebody else, or the role could not
 *   connect in the end
 */
export async function provision(client: ClientBase, target: Target, input: ProvisionInput): Promise<ProvisionReport> {
  if ('lockPatience' in input)
    throw new ProvisionError('`lockPatience` must be left out, got: a value. It was renamed: give `lockRetryTime`.');
  const [invalid] = invalidNames(target);
  if (invalid) throw new ProvisionError(invalid);
  return withProvisioningLock(client, async () => {
    const planned = await timed(input.onStep)('inspection', () => inspectAndPlan(client, target, input));
    return carryOut(client, target, planned, input);
  });
}

/** Runs a plan. The caller holds the lock. */
export async function carryOut(
  client: ClientBase,
  target: Target,
  planned: Plan,
  input: Omit<ProvisionInput, keyof PlanInput>,
): Promise<ProvisionReport> {
  const { onWarning, onStep, onMigration, beforeUpgrade, deadline, lockRetryTime } = input;
  for (const warning of planned.warnings) onWarning?.(warning);
  const step = timed(onStep);
  const { applied, pending } = planned.history;
  if (beforeUpgrade && applied.length > 0 && pending.length > 0)
    await step('snapshot', () => beforeUpgrade({ applied, pending }));
  for (const section of planned.sections)
    await step(section.name, () =>
      execute(client, section, {
        onStatement: ({ migration }, index, count) => {
          if (migration !== undefined) onMigration?.(migration, index, count);
        },
        target,
        deadline,
        lockRetryTime,
      }),
    );
  for (const one of eachRole(target)) await requireConnect(client, one);
  const [reachable = []] = await step('isolation', async () => {
    const found: Finding[][] = [];
    for (const one of eachRole(target)) found.push(await checkIsolation(client, one));
    // What PUBLIC was granted is the same for both.
    return found;
  });
  const { server } = planned;
  const warnings = [...planned.warnings, ...(await findReaders(client, target))];
  return { server: server.version, ...counts(planned), reachable, warnings };
}

function counts({ history }: Plan): Pick<ProvisionReport, 'applied' | 'present' | 'ahead'> {
  const { applied, pending, ahead } = history;
  const unknown = ahead.filter((migration) => !applied.includes(migration));
  return {
    applied: pending.map((migration) => migration.name),
    present: applied.length + pending.length + unknown.length,
    ahead,
  };
}

/** To grant what one may not pass on is a warning only, not an error. */
async function requireConnect(client: ClientBase, { database, databaseRole }: Target): Promise<void> {
  const { rows } = await client.query<{ granted: boolean }>(
    `select has_database_privilege($1, $2, 'CONNECT') as granted`,
    [databaseRole, database],
  );
  if (rows[0]?.granted) return;
  throw new ProvisionError(
    `Database role ${databaseRole} may not connect to database ${database}, and the administrator may not grant it. Let the owner of the database run: grant connect on database ${name(database)} to ${name(databaseRole)}. Then deploy again.`,
  );
}

function timed(onStep: ProvisionInput['onStep']) {
  return async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    onStep?.(step, Math.round(performance.now() - start));
    return result;
  };
}
