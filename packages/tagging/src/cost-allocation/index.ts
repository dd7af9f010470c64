export { BLIND_BUDGET, blindBudget } from './blind-budget';
export { type PayerHandOver, payerHandOver } from './hand-over';
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
