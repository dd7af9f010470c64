export { type PayerHandOver, payerHandOver } from './hand-over';
export { INACTIVE_BUDGET_TAGS, inactiveBudgetTags } from './inactive-budget-tags';
export { type CostAllocationReport, costAllocationReport, describeCostAllocation } from './report';
export {
  COST_ALLOCATION_METRIC,
  COST_ALLOCATION_NAMESPACE,
  COST_ALLOCATION_PARAMETER,
  type CostAllocationState,
  type CostAllocationStatus,
  inactiveKeys,
  isNoKeyActive,
  knownStates,
  notLookedAt,
} from './state';
