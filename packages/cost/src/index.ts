export { AlertTopic, type AlertTopicProps } from './alert-topic';
export { BlindBudgetAlarm, type BlindBudgetAlarmProps } from './blind-budget-alarm';
export { CostBudget, type CostBudgetProps } from './cost-budget';
export { BILLED_SERVICES, CostDashboard, type CostDashboardProps } from './cost-dashboard';
export { CostError } from './cost-error';
export { defaultLowerMark, LEAST_LIMIT } from './limits';
