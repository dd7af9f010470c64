import { Token } from 'aws-cdk-lib/core';

/** What the value of a prop must be. */
export interface Rule {
  /** End of the sentence "`prop` must be …". */
  readonly must: string;
  /** How to fix a wrong value: a sentence with its full stop. */
  readonly fix: string;
  /** Whether a value known at synth is right. */
  readonly accepts: (value: unknown) => boolean;
  /** The wrong part of a wrong value, for the message. @default - the value */
  readonly wrongPart?: (value: unknown) => unknown;
}

/** The rule of a prop that may be left out. */
export interface OptionalRule extends Rule {
  readonly optional: true;
}

/** A prop that may be left out; `null` is not left out. */
export function optional(rule: Rule): OptionalRule {
  return { ...rule, optional: true };
}

/** A prop that is no longer taken: a token is refused as well, what was meant by it would be lost. */
export interface RemovedRule extends OptionalRule {
  readonly removed: true;
}

/**
 * The rule of a prop that was removed or replaced.
 *
 * @param fix what to use instead: a sentence with its full stop
 */
export function removed(fix: string): RemovedRule {
  return { optional: true, removed: true, must: 'left out', fix, accepts: () => false };
}

/** Text, of a form where one is given. */
export function text(must: string, fix: string, accepts: RegExp | ((value: string) => boolean) = /\S/): Rule {
  const fits = typeof accepts === 'function' ? accepts : (value: string) => accepts.test(value);
  return { must, fix, accepts: (value) => typeof value === 'string' && fits(value) };
}

/** A number. */
export function number(must: string, fix: string, accepts: (value: number) => boolean): Rule {
  return { must, fix, accepts: (value) => typeof value === 'number' && accepts(value) };
}

/** A TCP port. */
export const PORT = number('a port from 1 to 65535', 'The port of PostgreSQL is 5432.', isWholeFrom(1, 65_535));

/** `true` or `false`. */
export const FLAG: Rule = {
  must: 'true or false',
  fix: 'Leave it out for the default.',
  accepts: (value) => typeof value === 'boolean',
};

/** One of a few texts. */
export function oneOf(...values: readonly string[]): Rule {
  const quoted = values.map((value) => `'${value}'`);
  return { must: quoted.join(' or '), fix: 'Give one of them.', accepts: (value) => values.includes(value as string) };
}

/** A list whose entries follow a rule; the rule's `must` is that of the whole list. */
export function listOf({ must, fix, accepts }: Rule): Rule {
  const fits = (entry: unknown) => Token.isUnresolved(entry) || accepts(entry);
  return {
    must,
    fix,
    accepts: (value) => Array.isArray(value) && value.every(fits),
    wrongPart: (value) => (Array.isArray(value) ? value.find((entry) => !fits(entry)) : value),
  };
}

/** An object that has a member: a construct, or a value class of the CDK such as `Duration`. */
export function objectWith(member: string, must: string, fix: string): Rule {
  return { must, fix, accepts: (value) => typeof value === 'object' && value !== null && member in value };
}

/** Whether a number is whole and within limits. */
export function isWholeFrom(least: number, most = Number.MAX_SAFE_INTEGER): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= least && value <= most;
}
