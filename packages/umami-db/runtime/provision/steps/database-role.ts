import { createDatabaseRole, setPassword } from '../../sql/database-role';
import { markDatabaseRole } from '../../sql/owner-mark';
import type { Planning } from '../planning';
import { type Statement, statements } from '../statement';
import { missingMark } from './marks';

/** The database role, its password and its mark. */
export function planDatabaseRole(planning: Planning): Statement[] {
  const { target, facts, passwordVerifier } = planning;
  const texts: string[] = [];
  if (passwordVerifier !== undefined)
    texts.push((facts.databaseRole ? setPassword : createDatabaseRole)(target, passwordVerifier));
  const mark = missingMark(facts.databaseRole, planning);
  if (mark) texts.push(markDatabaseRole(target.databaseRole, mark));
  return statements(...texts);
}
