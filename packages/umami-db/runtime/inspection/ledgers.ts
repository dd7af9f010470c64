import type { ClientBase } from 'pg';
import { retryingCollisions } from '../connection/collision';
import { inTransaction, TRIED } from '../connection/transaction';
import { qualified } from '../sql/identifiers';
import { MIGRATIONS_TABLE } from '../sql/own-ledger';
import { PRISMA_LEDGER } from '../sql/privileges';
import { ledgerSchema } from '../target/names';
import type { Target } from '../target/target';
import type { Administrator, Ledgers, SchemaObject } from './facts';
import { grantMembership } from './role-rights';

/** @param isUsable whether the administrator has the privileges of a database role */
export async function readLedgers(
  client: ClientBase,
  target: Target,
  objects: readonly SchemaObject[],
  isUsable: (role: string) => boolean,
): Promise<Ledgers> {
  const find = (schema: string, table: string) =>
    objects.find((object) => object.kind === 'table' && object.schema === schema && object.name === table);
  const prisma = find(target.schema, PRISMA_LEDGER);
  const own = find(ledgerSchema(target), MIGRATIONS_TABLE);
  const rows = prisma && isUsable(prisma.owner) ? await prismaRows(client, target) : [];
  return {
    applied: rows.filter(({ state }) => state === 'applied').map(({ migration }) => migration),
    failed: rows.filter(({ state }) => state === 'failed').map(({ migration }) => migration),
    checksums: new Map(rows.map(({ migration, checksum }) => [migration, checksum])),
    prismaLedger: prisma !== undefined,
    unreadableFor: prisma && !isUsable(prisma.owner) ? prisma.owner : undefined,
    ownLedger: own && isUsable(own.owner) ? await ownRows(client, target) : undefined,
  };
}

interface PrismaRow {
  readonly migration: string;
  readonly checksum: string;
  readonly state: string;
}

async function prismaRows(client: ClientBase, { schema }: Target): Promise<PrismaRow[]> {
  const { rows } = await client.query<PrismaRow>(`
    select migration_name as migration, checksum, case when finished_at is null then 'failed' else 'applied' end as state
    from ${qualified(schema, PRISMA_LEDGER)} where rolled_back_at is null order by migration_name`);
  return rows;
}

async function ownRows(client: ClientBase, target: Target): Promise<string[]> {
  const table = qualified(ledgerSchema(target), MIGRATIONS_TABLE);
  const { rows } = await client.query<{ name: string }>(`select name from ${table} order by id`);
  return rows.map((row) => row.name);
}

/**
 * Reads something with the rights of its owners: the administrator is granted membership in a transaction that is rolled
 * back.
 */
export async function withRightsOf<T>(
  client: ClientBase,
  administrator: Administrator,
  owners: readonly string[],
  read: () => Promise<T>,
): Promise<T> {
  const asMember = async () => {
    for (const owner of owners) await client.query(grantMembership(owner, administrator));
    return read();
  };
  return retryingCollisions(() => inTransaction(client, asMember, TRIED));
}
