import type { Mark } from '../../sql/owner-mark';
import type { Planning } from '../planning';

/** The mark that something is to bear, when it does not bear it already. */
export function missingMark(found: { readonly mark?: Mark } | undefined, planning: Planning): Mark | undefined {
  const { owner } = planning.target;
  const mark = found?.mark;
  if (mark?.id !== owner.id) return { ...owner, ...(mark ? { from: mark.id } : {}) };
  return mark.from !== undefined && planning.settled ? owner : undefined;
}
