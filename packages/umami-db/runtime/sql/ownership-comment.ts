import type { Owner } from '../target/target';
import { literal, name } from './identifiers';

const PREFIX = 'user-metrics owner: ';

/** An owner, as schema and database role bear it. */
export interface Mark extends Owner {
  /**
   * Id of the resource that it was taken over from, and that may yet get it back: CloudFormation makes a renamed resource
   * before it deletes the old one, and deletes the new one again when it rolls back.
   *
   * @default - none
   */
  readonly from?: string;
  /**
   * Whether {@link id} got it back and has not been here since: its secret may be older than the password is.
   *
   * @default false
   */
  readonly returned?: boolean;
  /**
   * Database and schema that a database role is for: database roles belong to all databases of the cluster.
   *
   * @default - not of a database role, or written by a release that did not write it
   */
  readonly place?: Place;
}

/** A schema in a database of the cluster. */
export interface Place {
  readonly database: string;
  readonly schema: string;
}

/** The comment that says who something belongs to. */
export function ownerMark({ name: owner, id, stack, from, returned, place }: Mark): string {
  const { database, schema } = place ?? {};
  return `${PREFIX}${JSON.stringify({ name: owner, id, stack, from, returned: returned || undefined, database, schema })}`;
}

/** Who a comment says something belongs to, if it is a mark. */
export function parseOwnerMark(comment: string | null): Mark | undefined {
  if (!comment?.startsWith(PREFIX)) return undefined;
  try {
    const {
      name: owner,
      id,
      stack,
      from,
      returned,
      database,
      schema,
    } = Object(JSON.parse(comment.slice(PREFIX.length)));
    if (typeof owner !== 'string' || typeof id !== 'string') return undefined;
    return {
      name: owner,
      id,
      ...(typeof stack === 'string' ? { stack } : {}),
      ...(typeof from === 'string' ? { from } : {}),
      ...(returned === true ? { returned } : {}),
      ...(typeof database === 'string' && typeof schema === 'string' ? { place: { database, schema } } : {}),
    };
  } catch {
    return undefined;
  }
}

export function markSchema(schema: string, owner: Mark): string {
  return `comment on schema ${name(schema)} is ${literal(ownerMark(owner))}`;
}

export function markDatabaseRole(databaseRole: string, owner: Mark): string {
  return `comment on role ${name(databaseRole)} is ${literal(ownerMark(owner))}`;
}
