export { type DescribeSchemaOptions, describeSchema, type SchemaDescription } from './catalog/describe-schema';
export { ROW_LIMIT } from './cloudformation/apply';
export { type ConnectionOptions, connect, type Patience } from './connection/connect';
export { checkServer, type Server } from './connection/server';
export { checkIsolation } from './isolation/check-isolation';
export type { Finding } from './isolation/finding';
export type { Outcome, SignIn, Tried } from './isolation/try-attempts';
export { type ExplainedAttempt, type IsolationReport, verifyIsolation } from './isolation/verify-isolation';
export { type ProvisionInput, type ProvisionReport, provision } from './provision/provision';
export { ProvisionError } from './provision/provision-error';
export {
  DEFAULT_LIMITS,
  ledgerSchema,
  type Owner,
  type RoleLimits,
  secondDatabaseRole,
  type Target,
} from './provision/target';
export { scramVerifier } from './secret/scram';
