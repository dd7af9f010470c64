export { GrafanaRole } from './grafana-role';
export type { IamRoleProps } from './iam-role-props';
export { LambdaTelemetryPolicy, METRIC_NAMESPACE_PREFIX } from './lambda-telemetry-policy';
export { ecsTaskTrust, serviceTrust } from './service-trust';
export { TaskExecutionRole, type TaskExecutionRoleProps } from './task-execution-role';
export { OpenReplayTaskRole, UmamiTaskRole } from './task-roles';
