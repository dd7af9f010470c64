import { grantUse, grantUseByDefault } from '../sql/privileges';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** The privileges on the tables: of the database role, and of their former owners. */
export function planPrivileges({ target, ownerChange, privileges, pending, facts }: Planning): Statement[] {
  const texts = ownerChange.former
    .filter((role) => role !== facts.administrator.name)
    .flatMap((role) => grantUse(target, role));
  if (ownerChange.owner === target.databaseRole) return statements(...texts);
  const isNew = ownerChange.changes || pending.length > 0 || !facts.prismaLedger;
  const complete = privileges?.usage && privileges.tables && privileges.ledger;
  if (isNew || !complete) texts.push(...grantUse(target, target.databaseRole));
  if (!privileges?.defaults) texts.push(grantUseByDefault(target, ownerChange.owner));
  return statements(...texts);
}
