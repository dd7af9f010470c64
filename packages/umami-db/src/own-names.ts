import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { UmamiDatabaseProperties } from '../runtime/cloudformation/properties';
import { secondDatabaseRole } from '../runtime/target/names';

type Names = Pick<
  UmamiDatabaseProperties,
  'Owner' | 'Host' | 'Database' | 'Schema' | 'DatabaseRole' | 'AlternatingDatabaseRoles'
>;

const taken = new WeakMap<Stack, { readonly path: string; readonly names: Names }[]>();

/**
 * A second one of the same owner cannot be told from a renamed one: the objects of the first one would be transferred to it.
 *
 * @throws Error when another one of the stack and stage has the schema or the database role on the same cluster
 */
export function requireOwnNames(scope: Construct, properties: Names): void {
  const stack = Stack.of(scope);
  const { Owner, Host, Database, Schema, DatabaseRole, AlternatingDatabaseRoles } = stack.resolve(properties);
  const names = { Owner, Host, Database, Schema, DatabaseRole, AlternatingDatabaseRoles };
  const others = taken.get(stack) ?? [];
  const sameCluster = others.filter(({ names: other }) => other.Owner === Owner && same(other.Host, Host));
  const ofRole = sameCluster.find(({ names: other }) =>
    rolesOf(other).some((role) => rolesOf(names).some((own) => same(own, role))),
  );
  if (ofRole) throw new Error(message('databaseRoleName', ofRole.path, DatabaseRole));
  const ofSchema = sameCluster.find(({ names: other }) => same([other.Database, other.Schema], [Database, Schema]));
  if (ofSchema) throw new Error(message('schemaName', ofSchema.path, Schema));
  taken.set(stack, [...others, { path: scope.node.path, names }]);
}

/** One, or two that alternate. A token is not joined: its second one is told by the function. */
function rolesOf({ DatabaseRole, AlternatingDatabaseRoles }: Names): unknown[] {
  const alternates = AlternatingDatabaseRoles === 'true' && typeof DatabaseRole === 'string';
  return alternates ? [DatabaseRole, secondDatabaseRole(DatabaseRole)] : [DatabaseRole];
}

/** Of values that may be functions of CloudFormation. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function message(prop: string, path: string, got: string): string {
  return `\`${prop}\` must differ from that of ${path}, which has the same stack and stage, got: ${got}. Give each its own, or another \`stage\`.`;
}
