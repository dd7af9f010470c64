import type { OwnershipComment } from '../sql/ownership-comment';
import type { Planning } from './planning';

/** The ownership comment that a schema or database role needs, when it has another one or none. */
export function missingComment(
  found: { readonly ownership?: OwnershipComment } | undefined,
  planning: Planning,
): OwnershipComment | undefined {
  const { owner } = planning.target;
  const ownership = found?.ownership;
  if (ownership?.id !== owner.id)
    return { ...owner, from: ownership && mayBeReturned(ownership, planning) ? ownership.id : undefined };
  return (ownership.from !== undefined && planning.settled) || ownership.returned ? owner : undefined;
}

/**
 * Whether CloudFormation may roll back to the resource that the comment names: only within one stack, and never to a resource
 * whose creation was not completed.
 */
function mayBeReturned(ownership: OwnershipComment, { target, facts }: Planning): boolean {
  const isComplete = facts.applied.length > 0 || facts.unreadableFor !== undefined;
  return ownership.stack !== undefined && ownership.stack === target.owner.stack && isComplete;
}
