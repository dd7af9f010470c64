import type { View } from '../inspection/alternation';
import { name } from '../sql/identifiers';
import type { Planning } from '../steps/planning';
import type { Section } from '../steps/statement';
import { ProvisionError } from '../target/provision-error';

/**
 * Makes sure beforehand that the administrator may do what is planned.
 *
 * @param others seen from the second database role, where it is made, changed or dropped
 * @throws ProvisionError with every statement that somebody else must run
 */
export function requireRights(
  planning: Planning,
  others: readonly (View | undefined)[],
  sections: readonly Section[],
): void {
  const { target, ownerChange } = planning;
  const { administrator, rights } = planning.facts;
  const admin = name(administrator.name);
  const planned = sections.flatMap(({ statements }) => statements.map(({ sql }) => sql));
  const needs = (pattern: RegExp) => planned.some((sql) => pattern.test(sql));
  const missing: string[] = [];
  for (const view of [planning, ...others]) {
    if (!view) continue;
    const role = name(view.target.databaseRole);
    const changed = planned.some((sql) => /^(alter|comment on|drop) role /.test(sql) && sql.includes(` role ${role}`));
    const exists = view.facts.databaseRole !== undefined;
    if (exists && (!changed || rights.get(view.target.databaseRole)?.alterable)) continue;
    if (!administrator.createsRoles) missing.push(`alter role ${admin} createrole`);
    if (exists && administrator.majorVersion >= 16) missing.push(`grant ${role} to ${admin} with admin option`);
  }
  const ownsSchemas = needs(/^alter schema /) || ownerChange.changes;
  if ((needs(/^create schema /) || ownsSchemas) && !administrator.createsSchemas)
    missing.push(`grant create on database ${name(target.database)} to ${admin}`);
  if (missing.length === 0) return;
  throw new ProvisionError(
    `Administrator ${administrator.name} lacks rights. Nothing was changed. Let a superuser, or on Aurora the master user, run: ${[...new Set(missing)].join('; ')}; and then try again.`,
  );
}
