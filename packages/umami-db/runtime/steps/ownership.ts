import { transferTables } from '../inspection/owner-change';
import { grantMembership, revokeMembership } from '../inspection/role-rights';
import { name } from '../sql/identifiers';
import { ledgerSchema } from '../target/names';
import { planBridge } from './bridge';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** Grants membership in the owners, and alters the owners of the schemas. */
export function planSchemaOwners(planning: Planning): Statement[] {
  if (!isNeeded(planning)) return [];
  const { target, facts, ownerChange } = planning;
  const { owner, ledgerOwner } = ownerChange;
  const alter = (schema: string, from: string | undefined, to: string) =>
    from === to ? [] : [`alter schema ${name(schema)} owner to ${name(to)}`];
  const { administrator } = facts;
  return statements(
    ...ownerChange.join.map((role) => grantMembership(role, administrator)),
    ...alter(target.schema, facts.schema?.owner ?? administrator.name, owner),
    ...alter(ledgerSchema(target), facts.ledgerSchema?.owner ?? administrator.name, ledgerOwner),
  );
}

export function planTableOwners(planning: Planning): Statement[] {
  if (!isNeeded(planning)) return [];
  const { target, ownerChange } = planning;
  const transfer = (schema: string, to: string) => ({
    sql: transferTables(schema, to),
    title: `alter the owner of the tables of schema ${schema} to ${to}`,
  });
  return [transfer(target.schema, ownerChange.owner), transfer(ledgerSchema(target), ownerChange.ledgerOwner)];
}

export function planMembershipRevokes(planning: Planning): Statement[] {
  return isNeeded(planning) ? statements(...planning.ownerChange.join.map(revokeMembership)) : [];
}

/**
 * Something changes its owner, a table is altered, rows of Prisma's ledger are written, or tables are made, which belong to
 * the administrator at first.
 */
function isNeeded(planning: Planning): boolean {
  const { ownerChange, pending, repairs, unrecorded, facts } = planning;
  const writes = pending.length + repairs.length + unrecorded.length > 0 || !facts.prismaLedger;
  const changesTables = writes || planBridge(planning).length > 0;
  return ownerChange.changes || (changesTables && ownerChange.owner !== facts.administrator.name);
}
