import type { DatabaseSnapshot, Hashes, SchemaSnapshot } from './answer';

/** How the schemas, grants and database roles of others differ between two snapshots, a line each; nothing when they do not. */
export function snapshotDifferences(
  before: Pick<DatabaseSnapshot, 'schemas' | 'serverObjects'>,
  after: Pick<DatabaseSnapshot, 'schemas' | 'serverObjects'>,
): string[] {
  return [
    ...schemaDifferences(before.schemas, after.schemas),
    ...hashes('', before.serverObjects, after.serverObjects),
  ];
}

type Schemas = DatabaseSnapshot['schemas'];

function schemaDifferences(before: Schemas, after: Schemas): string[] {
  return namesOf(before, after).flatMap((name) => {
    const [one, other] = [before[name], after[name]];
    if (!other) return [`gone: schema ${name}`];
    if (!one) return [`new: schema ${name}`];
    return withinSchema(name, one, other);
  });
}

function withinSchema(name: string, one: SchemaSnapshot, other: SchemaSnapshot): string[] {
  const [isSameCatalog, isSameGrants] = [one.catalog === other.catalog, one.grants === other.grants];
  if (isSameCatalog && isSameGrants) return [];
  const objects = one.objects && other.objects ? hashes(` in schema ${name}`, one.objects, other.objects) : [];
  if (objects.length > 0) return objects;
  return [
    ...(isSameCatalog ? [] : [`changed: definitions in schema ${name}`]),
    ...(isSameGrants ? [] : [`changed: owners or grants in schema ${name}`]),
  ];
}

function hashes(where: string, before: Hashes, after: Hashes): string[] {
  return namesOf(before, after).flatMap((what) => {
    if (before[what] === after[what]) return [];
    const verb = after[what] === undefined ? 'gone' : before[what] === undefined ? 'new' : 'changed';
    return [`${verb}: ${what}${where}`];
  });
}

function namesOf(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}
