import { escapeIdentifier, escapeLiteral } from 'pg';

/** SQL text with every value quoted as what it is: `sql`alter role ${name(role)} …``. */
export const name = escapeIdentifier;
export const literal = escapeLiteral;
