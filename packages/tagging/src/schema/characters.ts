/** Characters that every AWS service accepts in a tag key or value. */
const ALLOWED = /^[\p{L}\p{N} +\-=._:/@]*$/u;

/** Longest tag key, in characters (Tagging AWS resources, "Tag naming limits and requirements"). */
export const MAXIMUM_KEY_LENGTH = 128;

/** Longest tag value, in characters. */
export const MAXIMUM_VALUE_LENGTH = 256;

/** What is wrong with a tag key, or nothing. */
export function tagKeyProblem(key: string): string | undefined {
  if (typeof key !== 'string') return 'must be text';
  if (key.trim() === '') return 'must not be empty';
  if (key.length > MAXIMUM_KEY_LENGTH) return `must have at most ${MAXIMUM_KEY_LENGTH} characters`;
  if (key.toLowerCase().startsWith('aws:')) return 'must not start with "aws:", which is reserved';
  return ALLOWED.test(key) ? undefined : `must hold only ${ALLOWED_CHARACTERS}`;
}

/** What is wrong with a tag value, or nothing. */
export function tagValueProblem(value: string): string | undefined {
  if (typeof value !== 'string') return 'must be text';
  if (value.trim() === '') return 'must not be empty';
  if (value.length > MAXIMUM_VALUE_LENGTH) return `must have at most ${MAXIMUM_VALUE_LENGTH} characters`;
  return ALLOWED.test(value) ? undefined : `must hold only ${ALLOWED_CHARACTERS}`;
}

/** The allowed characters, for messages. */
export const ALLOWED_CHARACTERS = 'letters, digits, spaces and + - = . _ : / @';
