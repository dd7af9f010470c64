export {
  type Estimate,
  type EstimateLine,
  type EstimateOptions,
  estimate,
  sumOf,
} from './estimate';
export { FREE_TYPES } from './free-types';
export {
  PRICE_TABLE,
  PRICED_REGIONS,
  type Price,
  type PriceId,
  type PriceTable,
  priceTableOf,
} from './price-table';
export type { BilledResource, BilledStack } from './resource';
export { type TaskLine, tasksToRun } from './tasks';
export { SMALL_SITE, type Usage } from './usage';
