import { Token } from 'aws-cdk-lib/core';
import type { OptionalRule, Rule } from './rule';

/** A rule for each prop; one that may be left out has an optional rule. */
export type Rules<Props> = {
  readonly [Key in keyof Props]-?: undefined extends Props[Key] ? OptionalRule : Rule;
};

/**
 * Checks the props of a construct at synth: plain JavaScript has no types, and a wrong value would fail the deployment or
 * be accepted by it. A prop that does not exist is a wrong value too: what was meant by it would be lost. Values that only the deployment knows (tokens) pass.
 *
 * @param props the props as the caller gave them
 * @param rules a rule for each prop
 * @param ErrorType class of the error
 * @throws ErrorType for a prop without a rule, and for the first one that does not follow its rule
 */
export function checkProps<Props extends object>(
  props: Props,
  rules: Rules<Props>,
  ErrorType: new (message: string) => Error,
): void {
  const taken = Object.entries<Rule | OptionalRule>(rules).flatMap(([key, rule]) => ('removed' in rule ? [] : [key]));
  if (typeof props !== 'object' || props === null)
    throw new ErrorType(`\`props\` must be an object, got: ${shown(props)}. Give ${taken.join(', ')}.`);
  const unknown = Object.keys(props).find(
    (key) => !Object.hasOwn(rules, key) && props[key as keyof Props] !== undefined,
  );
  if (unknown !== undefined)
    throw new ErrorType(
      `\`props\` must hold only ${taken.join(', ')}, got: ${unknown}. Correct its name, or leave it out.`,
    );
  for (const [prop, rule] of Object.entries<Rule | OptionalRule>(rules))
    checkValue(prop, props[prop as keyof Props], rule, ErrorType);
}

/**
 * Checks one value.
 *
 * @param prop name of the prop or parameter
 * @param value what the caller gave
 * @param rule what it must be
 * @param ErrorType class of the error
 * @throws ErrorType when the value does not follow the rule
 */
export function checkValue(
  prop: string,
  value: unknown,
  rule: Rule | OptionalRule,
  ErrorType: new (message: string) => Error,
): void {
  if (value === undefined && 'optional' in rule) return;
  if ((Token.isUnresolved(value) && !('removed' in rule)) || rule.accepts(value)) return;
  throw new ErrorType(`\`${prop}\` must be ${rule.must}, got: ${shown(rule.wrongPart?.(value) ?? value)}. ${rule.fix}`);
}

const LONGEST_SHOWN = 100;

/** Texts that would look like a value of another type without quotes, and empty ones. */
const IN_QUOTES = /^\s*(true|false|null|undefined|-?\d+(\.\d+)?)?\s*$/;

/** A value for a message. Of an object only the kind: a construct is a tree. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : cut(value.map(shown).join(', '));
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? cut(IN_QUOTES.test(value) ? `'${value}'` : value) : String(value);
}

function cut(value: string): string {
  return value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
}
