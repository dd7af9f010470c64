import type { SchemaDescription, TableDescription } from './describe-schema';

/** What a schema has, lacks, or has otherwise than expected, a line each. */
export function differences(expected: SchemaDescription, found: SchemaDescription): string[] {
  return compareNamed('table', expected.tables, found.tables, (table, one, other) => [
    ...compareNamed(`column of ${table}`, named(one.columns), named(other.columns)),
    ...compareNamed(`index of ${table}`, named(listOf(one, 'indexes')), named(listOf(other, 'indexes'))),
    ...KINDS_IN_TABLE.filter((kind) => !isSame(one[kind], other[kind])).map((kind) => `other ${kind} of ${table}`),
  ]);
}

const KINDS_IN_TABLE = ['primaryKey', 'uniqueConstraints', 'foreignKeys', 'checks', 'triggers', 'rowSecurity'];

type Named<T> = { readonly [name: string]: T };

function compareNamed<T>(
  what: string,
  expected: Named<T>,
  found: Named<T>,
  inside: (name: string, one: T, other: T) => string[] = (name) => [`other ${what}: ${name}`],
): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    const [one, other] = [expected[name], found[name]];
    if (one === undefined) return [`unexpected ${what}: ${name}`];
    if (other === undefined) return [`missing ${what}: ${name}`];
    return isSame(one, other) ? [] : inside(name, one, other);
  });
}

function listOf(table: TableDescription, kind: string): { name: string }[] {
  return (table[kind] ?? []) as { name: string }[];
}

function named<T extends { readonly name: string }>(list: readonly T[]): Named<T> {
  return Object.fromEntries(list.map((entry) => [entry.name, entry]));
}

/** Descriptions have sorted keys. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
