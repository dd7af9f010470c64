import type { Mark } from '../sql/ownership-comment';
import type { Planning } from './planning';

/** The mark that something is to bear, when it does not bear it already. */
export function missingMark(found: { readonly mark?: Mark } | undefined, planning: Planning): Mark | undefined {
  const { owner } = planning.target;
  const mark = found?.mark;
  if (mark?.id !== owner.id) return { ...owner, ...(mark && mayComeBack(mark, planning) ? { from: mark.id } : {}) };
  return (mark.from !== undefined && planning.settled) || mark.returned ? owner : undefined;
}

/**
 * Whether CloudFormation may yet return to whom the mark names: only within one stack, and never to a resource that was
 * not made to its end.
 */
function mayComeBack(mark: Mark, { target, facts }: Planning): boolean {
  const isComplete = facts.applied.length > 0 || facts.unreadableFor !== undefined;
  return mark.stack !== undefined && mark.stack === target.owner.stack && isComplete;
}
