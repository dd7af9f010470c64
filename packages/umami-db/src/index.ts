export { isHostName, isProxyEndpoint, isReaderEndpoint } from '../runtime/connection/host-name';
export type { FurtherMigration, Migration } from '../runtime/migrations/index';
export type { UmamiAdministrator } from '../runtime/secret/administrator';
export type { TablesOwner } from '../runtime/target/target';
export type { HealthProbe } from '../runtime/verification/answer';
export { ClusterAlarms, type ClusterAlarmsProps } from './cluster-alarms';
export { UmamiDatabase } from './umami-database';
export type { UmamiDatabaseProps, UmamiRetention } from './umami-database-props';
export { UmamiMigrations } from './umami-migrations';
