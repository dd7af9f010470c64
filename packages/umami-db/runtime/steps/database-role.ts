import { hasTable } from '../inspection/facts';
import { createDatabaseRole, setPassword } from '../sql/database-role';
import { commentOn, type OwnershipComment } from '../sql/ownership-comment';
import { setAdministratorPassword } from '../sql/umami-administrator';
import { missingComment } from './ownership-comment';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** The database role, its password and its ownership comment; with a reclaimed database role also the password of Umami's administrator. */
export function planDatabaseRole(planning: Planning): Statement[] {
  const { target, facts, passwordVerifier, seed } = planning;
  const texts: string[] = [];
  if (!facts.databaseRole) texts.push(createDatabaseRole(target, passwordVerifier));
  else if (passwordVerifier !== undefined) texts.push(setPassword(target, passwordVerifier));
  // In one transaction: when the database role can sign in, the rest exists.
  const hasUsers = hasTable(facts, target.schema, 'user');
  if (passwordVerifier !== undefined && hasUsers && seed.administratorPasswordHash !== undefined)
    texts.push(setAdministratorPassword(target, seed.administratorPasswordHash));
  const ownership = missingRoleComment(planning);
  if (ownership) texts.push(commentOn('role', target.databaseRole, ownership));
  return statements(...texts);
}

/** The ownership comment with the schema that the database role is for, which earlier releases did not write. */
function missingRoleComment(planning: Planning): OwnershipComment | undefined {
  const { databaseRole, rights } = planning.facts;
  const { database, schema, databaseRole: role } = planning.target;
  const missing = missingComment(databaseRole, planning);
  if (missing) return { ...missing, location: { database, schema } };
  const ownership = databaseRole?.ownership;
  const isSame = ownership?.location?.database === database && ownership.location.schema === schema;
  // Who may not write it can do everything else: nothing has to be granted for it.
  return ownership && !isSame && rights.get(role)?.alterable
    ? { ...ownership, location: { database, schema } }
    : undefined;
}
