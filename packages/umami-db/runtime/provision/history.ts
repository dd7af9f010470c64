import type { ClientBase } from 'pg';
import { hasTable, type Inspection } from '../inspection/facts';
import { knownMigrations, wantedMigrations } from '../migrations/known-migrations';
import { name as ident } from '../sql/identifiers';
import { finishPrismaRow, rollBackPrismaRow } from '../sql/prisma-ledger';
import { PRISMA_LEDGER } from '../sql/privileges';
import type { History } from '../steps/planning';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { detectRelease, stateOf } from './detect-release';

/** @throws ProvisionError when the ledger contradicts itself, a migration has failed, or no release is detected */
export async function readHistory(client: ClientBase, facts: Inspection, target: Target): Promise<History> {
  const wanted = wantedMigrations(target);
  const known = knownMigrations(target).map(({ name }) => name);
  const detected = isWithoutLedger(facts, target) ? await detectRelease(client, target) : [];
  const repairs: string[] = [];
  const present = [...facts.applied, ...detected];
  for (const migration of facts.failed) {
    const state = await repairedState(client, target, migration);
    if (state === 'after') present.push(migration);
    repairs.push((state === 'after' ? finishPrismaRow : rollBackPrismaRow)(migration));
  }
  const applied = known.filter((name) => present.includes(name));
  const unknown = present.filter((migration) => !known.includes(migration));
  requireNoGap(known, applied, unknown, target);
  requireSameScripts(facts, target);
  requireTables(facts, applied, target);
  return {
    applied,
    unrecorded: detected,
    repairs,
    pending: unknown.length > 0 ? [] : wanted.filter(({ name }) => !applied.includes(name)),
    ahead: [...applied.slice(wanted.length), ...unknown],
  };
}

/** A schema that somebody made by hand, or restored without its ledger. */
function isWithoutLedger({ objects, applied, failed }: Inspection, target: Target): boolean {
  const hasTables = objects.some(
    ({ schema: where, kind, name }) => where === target.schema && kind === 'table' && name !== PRISMA_LEDGER,
  );
  return hasTables && applied.length === 0 && failed.length === 0;
}

async function repairedState(client: ClientBase, target: Target, migration: string): Promise<'before' | 'after'> {
  if (!knownMigrations(target).some(({ name }) => name === migration)) {
    throw new ProvisionError(
      `Migration ${migration} of a newer Umami has failed in schema ${target.schema}. Nothing was changed. Repair it with that release's own prisma migrate resolve.`,
    );
  }
  if (target.repair) return stateOf(client, target, migration);
  throw new ProvisionError(
    `Migration ${migration} began in schema ${target.schema} and did not end: Umami refuses to start (Prisma's P3009). Nothing was changed. Run it again with \`repair\`: the tables decide whether its row is finished or rolled back.`,
  );
}

/** A newer Umami may have merged all of its migrations into a new one; what has some of the known ones has all before it. */
function requireNoGap(
  known: readonly string[],
  applied: readonly string[],
  unknown: readonly string[],
  { schema }: Target,
): void {
  const isGap = (name: string, index: number) =>
    applied[index] === undefined ? applied.length > 0 && unknown.length > 0 : applied[index] !== name;
  const gap = known.find(isGap);
  if (gap === undefined) return;
  throw new ProvisionError(
    `The ledger of schema ${schema} lacks ${gap}, though it has ${unknown.at(-1) ?? applied.at(-1)}. Nothing was changed. Find out whether the tables have it, and add or remove rows of ${PRISMA_LEDGER}.`,
  );
}

/** Forks and unreleased builds of Umami give the same names to other migrations. */
function requireSameScripts({ checksums }: Inspection, { schema, further = [] }: Target): void {
  const other = further.find(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum);
  if (!other) return;
  throw new ProvisionError(
    `The ledger of schema ${schema} has another ${other.name} than \`migrations\`: SHA-256 ${checksums.get(other.name)}, and its migration.sql has ${other.checksum}. Nothing was changed. Give the folder of the image that migrated the schema.`,
  );
}

/** Tables of every release since 2.0. */
const CORE_TABLES = ['user', 'session', 'website', 'website_event'];

/** A ledger that came without its tables: Umami starts, for it finds nothing to do, and fails at the first query (Prisma's P2021). */
function requireTables(facts: Inspection, applied: readonly string[], { schema }: Target): void {
  if (applied.length === 0) return;
  const missing = CORE_TABLES.filter((table) => !hasTable(facts, schema, table));
  if (missing.length === 0) return;
  throw new ProvisionError(
    `The ledger of schema ${schema} has ${applied.length} migrations, and there is no table ${missing.join(', ')}. Nothing was changed. Restore the tables from a backup; or, to begin anew without data, let the owner of the ledger run: delete from ${ident(schema)}.${PRISMA_LEDGER}`,
  );
}
