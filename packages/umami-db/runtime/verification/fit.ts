import type { DatabaseSnapshot, SchemaSnapshot } from './answer';
import { digest } from './snapshot';

/** Bytes of JSON; Lambda refuses a response of more than 6 MB, and wraps it once more. */
const LARGEST = 5_000_000;

/**
 * The same in at most so many bytes of JSON: the largest schemas lose the hashes of their objects first, which leaves the
 * hash of the schema; schemas that do not fit even so become one entry, whose hashes stand for all of them.
 */
export function fitSnapshot(snapshot: DatabaseSnapshot, largest = LARGEST): DatabaseSnapshot {
  let size = sizeOf(snapshot);
  const schemas = { ...snapshot.schemas };
  const bySize = Object.entries(schemas)
    .map(([name, schema]) => ({ name, schema, objects: sizeOf(schema.objects ?? {}) }))
    .sort((one, other) => other.objects - one.objects);
  for (const { name, schema, objects } of bySize) {
    if (size <= largest) return { ...snapshot, schemas };
    const { objects: _, ...rest } = schema;
    schemas[name] = rest;
    size -= objects;
  }
  if (sizeOf({ ...snapshot, schemas }) <= largest) return { ...snapshot, schemas };
  return { ...snapshot, schemas: mergedBeyond(schemas, largest - sizeOf({ ...snapshot, schemas: {} })) };
}

/** Room for the entry of the others. */
const OTHERS = 1_000;

function mergedBeyond(schemas: DatabaseSnapshot['schemas'], largest: number): Record<string, SchemaSnapshot> {
  let left = largest - OTHERS;
  const others: [string, SchemaSnapshot][] = [];
  const kept = Object.entries(schemas).filter((entry) => {
    left -= sizeOf(entry);
    if (left < 0) others.push(entry);
    return left >= 0;
  });
  const all = (what: 'catalog' | 'grants' | 'owner') => digest(others.map(([name, schema]) => [name, schema[what]]));
  const merged = {
    owner: all('owner'),
    counts: { schema: others.length },
    catalog: all('catalog'),
    grants: all('grants'),
  };
  return { ...Object.fromEntries(kept), [`(${others.length} further schemas)`]: merged };
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
