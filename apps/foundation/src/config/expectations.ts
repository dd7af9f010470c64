import { z } from 'zod';

/** What a value must be, and how to fix it: two lines, which the list of errors sets apart. */
export function expectation(must: string, fix: string): string {
  return `${must}\n${fix}`;
}

/** A text that a check accepts; every other value, and a missing one, gives the same expectation. */
export function text(must: string, fix: string, accepts: (value: string) => boolean): z.ZodString {
  const error = expectation(must, fix);
  return z.string({ error }).refine(accepts, { error });
}

/** A text of a pattern. */
export function pattern(must: string, fix: string, regex: RegExp): z.ZodString {
  return text(must, fix, (value) => regex.test(value));
}

/** A finite number that a check accepts. */
export function number(must: string, fix: string, accepts: (value: number) => boolean): z.ZodNumber {
  const error = expectation(must, fix);
  return z.number({ error }).refine(accepts, { error });
}

/** Yes or no. */
export function toggle(fix: string): z.ZodBoolean {
  return z.boolean({ error: expectation('must be true or false', fix) });
}

/** A list with a number of entries. */
export function list<Item extends z.ZodType>(
  item: Item,
  must: string,
  fix: string,
  size: { min: number; max?: number },
): z.ZodArray<Item> {
  const error = expectation(must, fix);
  const array = z.array(item, { error }).min(size.min, { error });
  return size.max === undefined ? array : array.max(size.max, { error });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
  fix: string,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words, { error: expectation(`must be one of ${words.join(', ')}`, fix) });
}

/** An object with known keys. For an unknown key the message is the list of these, from which the nearest is suggested. */
export function object<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  must = 'must be an object',
  fix = 'See the example in the README',
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : expectation(must, fix)),
  });
}

/** What a check over several fields sees: any of them may be missing or of the wrong type. */
export type Unchecked<T> = T extends object ? { readonly [Key in keyof T]?: Unchecked<T[Key]> } : unknown;

/** Adds a problem to the list: where, what is there, and what should be. */
export type Report = (path: PropertyKey[], input: unknown, must: string, fix: string) => void;

/**
 * A check over several fields. It runs whatever else is wrong with them, so that the list of errors is complete, and
 * has to check each before it uses it.
 */
export function across<Schema extends z.ZodType>(
  schema: Schema,
  check: (value: Unchecked<z.output<Schema>>, report: Report) => void,
): Schema {
  return schema.superRefine(
    (value, context) => {
      const report: Report = (path, input, must, fix) =>
        context.addIssue({
          code: 'custom',
          path: path as (string | number)[],
          input,
          message: expectation(must, fix),
        });
      if (typeof value === 'object' && value !== null) check(value as Unchecked<z.output<Schema>>, report);
    },
    { when: () => true },
  );
}
