export {
  COST_TREND_METRIC,
  COST_TREND_NAMESPACE,
  COST_TREND_STREAM,
  DAYS_WITHOUT_COST,
  type DayLine,
  fieldOf,
  OTHER,
  type StateLine,
} from './lines';
export {
  type CostFilter,
  type CostScope,
  CREDITS_AND_REFUNDS,
  costFilter,
  tagValueOf,
  UNTAGGED,
  withoutCreditsAndRefunds,
} from './query';
export { type CostExplorerState, sentenceOf, stateOfError } from './state';
