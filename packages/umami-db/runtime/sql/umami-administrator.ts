import type { Target } from '../target/target';
import { literal, name } from './identifiers';

/** Which row is Umami's administrator. */
const ADMINISTRATOR = `where username = 'admin' and deleted_at is null`;

export function administratorHash({ schema }: Pick<Target, 'schema'>): string {
  return `select password from ${name(schema)}."user" ${ADMINISTRATOR}`;
}

/** @param hash bcrypt hash, as Umami keeps it */
export function setAdministratorPassword({ schema }: Pick<Target, 'schema'>, hash: string): string {
  return `update ${name(schema)}."user" set password = ${literal(hash)} ${ADMINISTRATOR}`;
}
