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
  type RemovedRule,
  type Rule,
  removed,
  text,
} from './rule';
