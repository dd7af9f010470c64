import type { Owner } from '../provision/target';
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
}

/** The comment that says who something belongs to. */
export function ownerMark({ name: owner, id, stack, from, returned }: Mark): string {
  return `${PREFIX}${JSON.stringify({ name: owner, id, stack, from, returned: returned || undefined })}`;
}

/** Who a comment says something belongs to, if it is a mark. */
export function parseOwnerMark(comment: string | null): Mark | undefined {
  if (!comment?.startsWith(PREFIX)) return undefined;
  try {
    const { name: owner, id, stack, from, returned } = Object(JSON.parse(comment.slice(PREFIX.length)));
    if (typeof owner !== 'string' || typeof id !== 'string') return undefined;
    return {
      name: owner,
      id,
      ...(typeof stack === 'string' ? { stack } : {}),
      ...(typeof from === 'string' ? { from } : {}),
      ...(returned === true ? { returned } : {}),
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
