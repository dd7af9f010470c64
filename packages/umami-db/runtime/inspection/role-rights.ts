import type { ClientBase } from 'pg';
import { ROLES_SQL } from '../sql/facts.sql';
import { name } from '../sql/identifiers';
import type { Administrator, RoleRights } from './facts';

export async function roleRights(
  client: ClientBase,
  administrator: Administrator,
  roles: readonly string[],
): Promise<Map<string, RoleRights>> {
  const { rows } = await client.query<{ name: string; superuser: boolean; usable: boolean; adminOption: boolean }>(
    ROLES_SQL,
    [roles],
  );
  return new Map(rows.map(({ name: role, ...facts }) => [role, rightsOf(administrator, facts)]));
}

function rightsOf(
  { superuser, createsRoles, majorVersion }: Administrator,
  role: { superuser: boolean; usable: boolean; adminOption: boolean },
): RoleRights {
  if (superuser) return { usable: true, joinable: true, alterable: true, superuser: role.superuser };
  // Until PostgreSQL 15 CREATEROLE reaches every role but superusers; since 16 only those one has the ADMIN OPTION of.
  const byCreateRole = createsRoles && majorVersion < 16 && !role.superuser;
  return {
    usable: role.usable,
    superuser: role.superuser,
    joinable: byCreateRole || (role.adminOption && !role.superuser),
    alterable: byCreateRole || (createsRoles && role.adminOption && !role.superuser),
  };
}

/** Makes the administrator a member for the rest of a transaction; {@link revokeMembership} ends it. */
export function grantMembership(role: string, { majorVersion }: Administrator): string {
  return `grant ${name(role)} to current_user${majorVersion < 16 ? '' : ' with inherit true, set true'}`;
}

export function revokeMembership(role: string): string {
  return `revoke ${name(role)} from current_user`;
}
