/** A right of PUBLIC, as a report of isolation prints it. */
export interface PublicRight {
  /** e.g. `SELECT, UPDATE (card) on table app.orders` */
  readonly text: string;
  /** e.g. `SELECT`, `UPDATE (card)` */
  readonly privileges: readonly string[];
  /** e.g. `table app.orders` */
  readonly object: string;
}

const PRIVILEGES =
  'SELECT|INSERT|UPDATE|DELETE|TRUNCATE|REFERENCES|TRIGGER|MAINTAIN|USAGE|CREATE|CONNECT|TEMPORARY|EXECUTE|SET|ALTER SYSTEM';

const THINGS =
  'table|view|materialized view|foreign table|sequence|function|procedure|large object|schema|database|tablespace|server|foreign data wrapper|parameter|later';

const PRIVILEGE = String.raw`(?:${PRIVILEGES})(?: \((?:[^()"]|"[^"]*")+\))?`;

const FORM = new RegExp(`^(${PRIVILEGE}(?:, ${PRIVILEGE})*) on ((?:${THINGS}) .+)$`);

/**
 * What is wrong with the rights that are to be taken from PUBLIC, if anything: they are checked at every edge. Whether
 * there is such a thing only the database knows.
 *
 * @returns sentences; empty when all are fit
 */
export function unfitPublicRights(texts: readonly string[]): string[] {
  return texts
    .filter((text) => !FORM.test(text))
    .map(
      (text) =>
        `\`closePublic\` must name rights as the report of isolation prints them, such as \`TEMPORARY on database application\`, got: ${JSON.stringify(text)}.`,
    );
}

/** @throws Error for what {@link unfitPublicRights} finds fault with */
export function parsePublicRight(text: string): PublicRight {
  const [, privileges, object] = FORM.exec(text) ?? [];
  if (privileges === undefined || object === undefined) throw new Error(unfitPublicRights([text])[0]);
  return { text, privileges: privileges.match(new RegExp(PRIVILEGE, 'g')) ?? [], object };
}
