export { checkProps, checkValue, type Rules } from './check-props';
export {
  FLAG,
  isWholeFrom,
  listOf,
  number,
  type OptionalRule,
  objectWith,
  oneOf,
  optional,
  PORT,
  type Rule,
  text,
} from './rule';
