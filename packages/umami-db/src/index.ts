export type { TablesOwner } from '../runtime/provision/target';
export type { UmamiAdministrator } from '../runtime/secret/administrator';
export { UmamiDatabase, type UmamiDatabaseProps } from './umami-database';
