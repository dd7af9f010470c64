import { createHash } from 'node:crypto';

/** What JSON can hold. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Lists whose order has a meaning: CloudFront takes the first cache behaviour that matches. */
const ORDERED = ['CacheBehaviors'];

/** Lists of a key and a value each, as the services call them. */
const TAGS = /^(Tags|TagList|TagSet)$/;

/**
 * The same content always as the same JSON: keys sorted, lists sorted unless their order has a meaning, tags as an object,
 * dates as text, nothing undefined.
 *
 * @param without fields that are left out at any depth
 */
export function canonical(given: unknown, without: ReadonlySet<string> = new Set(), isOrdered = false): Value {
  if (given instanceof Date) return given.toISOString();
  if (Array.isArray(given)) {
    const items = given.map((item) => canonical(item, without));
    return isOrdered ? items : items.sort((one, other) => compareText(JSON.stringify(one), JSON.stringify(other)));
  }
  if (typeof given !== 'object' || given === null) return (given ?? null) as Value;
  const entries = Object.entries(given)
    .filter(([key, value]) => value !== undefined && !without.has(key))
    .sort(([one], [other]) => compareText(one, other));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      canonical(TAGS.test(key) ? tagsOf(value) : value, without, isOrdered || ORDERED.includes(key)),
    ]),
  );
}

/** Tags as an object; what is no list of tags stays. */
function tagsOf(tags: unknown): unknown {
  return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ''])) : tags;
}

/** By code units: the same order on every machine. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Tells whether a text changed without telling the text. */
export function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** A policy document, URL-encoded or not; the text itself when it is no JSON. */
export function documentOf(policy: string | undefined): unknown {
  if (policy === undefined) return undefined;
  const text = policy.startsWith('%') ? decodeURIComponent(policy) : policy;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
