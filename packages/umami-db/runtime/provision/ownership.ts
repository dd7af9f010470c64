import type { Found, Inspection } from './inspect';
import { ProvisionError } from './provision-error';
import { ledgerSchema, type Target } from './target';

/**
 * Nothing of somebody else's is altered: what exists must bear the mark of the same owner. The owner's id may differ:
 * then it is taken over, for CloudFormation makes a renamed resource before it deletes the old one.
 *
 * @throws ProvisionError that names what is in the way
 */
export function requireOwnership(found: Inspection, target: Target): void {
  requireOwn(`Schema ${target.schema}`, 'schema', found.schema, target);
  requireOwn(`Schema ${ledgerSchema(target)}`, 'schema', found.ledgerSchema, target);
  requireOwn(`Database role ${target.databaseRole}`, 'database role', found.databaseRole, target);
}

function requireOwn(what: string, kind: string, found: Found | undefined, { owner }: Target): void {
  if (!found || found.owner?.name === owner.name) return;
  const whose = found.owner ? `belongs to ${found.owner.name}` : 'exists and bears no mark of ours';
  throw new ProvisionError(`${what} ${whose}: nothing was changed. Choose another ${kind} for ${owner.name}.`);
}
