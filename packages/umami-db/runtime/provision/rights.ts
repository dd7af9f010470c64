import { name } from '../sql/identifiers';
import type { Planning } from './planning';
import { ProvisionError } from './provision-error';
import type { Section } from './statement';

/**
 * Makes sure beforehand that the administrator may do what is planned.
 *
 * @throws ProvisionError with every statement that somebody else must run
 */
export function requireRights({ target, facts, ownerChange }: Planning, sections: readonly Section[]): void {
  const { administrator, databaseRole, rights } = facts;
  const [admin, role] = [name(administrator.name), name(target.databaseRole)];
  const planned = sections.flatMap(({ statements }) => statements.map(({ sql }) => sql));
  const needs = (pattern: RegExp) => planned.some((sql) => pattern.test(sql));
  const missing: string[] = [];
  if (!databaseRole && !administrator.createsRoles) missing.push(`alter role ${admin} createrole`);
  if (databaseRole && needs(/^(alter|comment on) role /) && !rights.get(target.databaseRole)?.alterable) {
    missing.push(
      ...(administrator.createsRoles ? [] : [`alter role ${admin} createrole`]),
      ...(administrator.majorVersion < 16 ? [] : [`grant ${role} to ${admin} with admin option`]),
    );
  }
  const ownsSchemas = needs(/^alter schema /) || ownerChange.changes;
  if ((needs(/^create schema /) || ownsSchemas) && !administrator.createsSchemas)
    missing.push(`grant create on database ${name(target.database)} to ${admin}`);
  if (missing.length === 0) return;
  throw new ProvisionError(
    `Administrator ${administrator.name} lacks rights. Nothing was changed. Let a superuser, or on Aurora the master user, run: ${missing.join('; ')}; and then try again.`,
  );
}
