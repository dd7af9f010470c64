import type { Owner } from '../target/target';
import { literal, name } from './identifiers';

const PREFIX = 'user-metrics owner: ';

export interface OwnershipComment extends Owner {
  /**
   * Id of the resource that it was transferred from, and to which it may be returned: CloudFormation creates a renamed
   * resource before it deletes the old one, and deletes the new one again when it rolls back.
   *
   * @default - none
   */
  readonly from?: string;
  /**
   * Whether it was returned to {@link id}, which has not been updated since: its secret may be older than the password.
   *
   * @default false
   */
  readonly returned?: boolean;
  /**
   * Database and schema that a database role is for: database roles belong to all databases of the cluster.
   *
   * @default - not of a database role, or written by a release that did not write it
   */
  readonly location?: SchemaLocation;
}

/** A schema in a database of the cluster. */
export interface SchemaLocation {
  readonly database: string;
  readonly schema: string;
}

export function ownershipComment({ name: owner, id, stack, from, returned, location }: OwnershipComment): string {
  const { database, schema } = location ?? {};
  return `${PREFIX}${JSON.stringify({ name: owner, id, stack, from, returned: returned || undefined, database, schema })}`;
}

/** @returns undefined for a comment that is no ownership comment */
export function parseOwnershipComment(comment: string | null): OwnershipComment | undefined {
  if (!comment?.startsWith(PREFIX)) return undefined;
  try {
    const { name: owner, id, database, schema, ...rest } = Object(JSON.parse(comment.slice(PREFIX.length)));
    if (!isText(owner) || !isText(id)) return undefined;
    return {
      name: owner,
      id,
      stack: isText(rest.stack) ? rest.stack : undefined,
      from: isText(rest.from) ? rest.from : undefined,
      returned: rest.returned === true || undefined,
      location: isText(database) && isText(schema) ? { database, schema } : undefined,
    };
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function commentOn(kind: 'schema' | 'role', object: string, ownership: OwnershipComment): string {
  return `comment on ${kind} ${name(object)} is ${literal(ownershipComment(ownership))}`;
}
