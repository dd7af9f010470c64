export { AlertTopic, type AlertTopicProps } from './alert-topic';
export { CostAnomaly, type CostAnomalyProps } from './cost-anomaly';
export { CostBudget, type CostBudgetProps } from './cost-budget';
export { BILLED_SERVICES, CostDashboard, type CostDashboardProps } from './cost-dashboard';
export { CostError } from './cost-error';
export { CostReport, type CostReportProps } from './cost-report';
export { CostTrend, type CostTrendProps, TREND_SERVICES } from './cost-trend';
export { InactiveBudgetTagsAlarm, type InactiveBudgetTagsAlarmProps } from './inactive-budget-tags-alarm';
export { defaultLowerMark, LEAST_LIMIT } from './limits';
