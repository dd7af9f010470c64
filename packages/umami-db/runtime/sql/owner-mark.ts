import type { Owner } from '../provision/target';
import { literal, name } from './identifiers';

const PREFIX = 'user-metrics owner: ';

/** The comment that says who something belongs to. */
export function ownerMark({ name: owner, id }: Owner): string {
  return `${PREFIX}${JSON.stringify({ name: owner, id })}`;
}

/** Who a comment says something belongs to, if it is a mark. */
export function parseOwnerMark(comment: string | null): Owner | undefined {
  if (!comment?.startsWith(PREFIX)) return undefined;
  try {
    const { name: owner, id } = Object(JSON.parse(comment.slice(PREFIX.length)));
    return typeof owner === 'string' && typeof id === 'string' ? { name: owner, id } : undefined;
  } catch {
    return undefined;
  }
}

export function markSchema(schema: string, owner: Owner): string {
  return `comment on schema ${name(schema)} is ${literal(ownerMark(owner))}`;
}

export function markDatabaseRole(databaseRole: string, owner: Owner): string {
  return `comment on role ${name(databaseRole)} is ${literal(ownerMark(owner))}`;
}
