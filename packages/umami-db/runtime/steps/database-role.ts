import { createDatabaseRole, setPassword } from '../sql/database-role';
import { type Mark, markDatabaseRole } from '../sql/ownership-comment';
import { setAdministratorPassword } from '../sql/umami-administrator';
import { missingMark } from './ownership-comment';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** The database role, its password and its mark; and with a role that is taken back, the administrator's password. */
export function planDatabaseRole(planning: Planning): Statement[] {
  const { target, facts, passwordVerifier, seed } = planning;
  const texts: string[] = [];
  if (!facts.databaseRole) texts.push(createDatabaseRole(target, passwordVerifier));
  else if (passwordVerifier !== undefined) texts.push(setPassword(target, passwordVerifier));
  // In one transaction: when the database role can sign in, the rest exists.
  const hasUsers = facts.objects.some(({ schema, name }) => schema === target.schema && name === 'user');
  if (passwordVerifier !== undefined && hasUsers && seed.administratorPasswordHash !== undefined)
    texts.push(setAdministratorPassword(target, seed.administratorPasswordHash));
  const mark = missingRoleMark(planning);
  if (mark) texts.push(markDatabaseRole(target.databaseRole, mark));
  return statements(...texts);
}

/** The mark with the schema that the database role is for, which earlier releases did not write. */
function missingRoleMark(planning: Planning): Mark | undefined {
  const { databaseRole, rights } = planning.facts;
  const { database, schema, databaseRole: role } = planning.target;
  const missing = missingMark(databaseRole, planning);
  if (missing) return { ...missing, place: { database, schema } };
  const mark = databaseRole?.mark;
  const isSame = mark?.place?.database === database && mark.place.schema === schema;
  // Who may not write it can do everything else: nothing has to be granted for it.
  return mark && !isSame && rights.get(role)?.alterable ? { ...mark, place: { database, schema } } : undefined;
}
