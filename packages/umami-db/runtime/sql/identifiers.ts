import { escapeIdentifier, escapeLiteral } from 'pg';

/** SQL text with every value quoted as what it is: `sql`alter role ${name(role)} …``. */
export const name = escapeIdentifier;
export const literal = escapeLiteral;

/** Name of a table or view with that of its schema. */
export function qualified(schema: string, relation: string): string {
  return `${name(schema)}.${name(relation)}`;
}
