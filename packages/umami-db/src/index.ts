export type { UmamiAdministrator } from '../runtime/cloudformation/properties';
export { UmamiDatabase, type UmamiDatabaseProps } from './umami-database';
