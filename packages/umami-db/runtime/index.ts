export { type DescribeSchemaOptions, describeSchema, type SchemaDescription } from './catalog/describe-schema';
export { type ConnectionOptions, connect, type Patience } from './connection/connect';
export { checkServer, type Server } from './connection/server';
export { type ProvisionInput, type ProvisionReport, provision } from './provision/provision';
export { ProvisionError } from './provision/provision-error';
export { DEFAULT_LIMITS, ledgerSchema, type Owner, type RoleLimits, type Target } from './provision/target';
export { scramVerifier } from './secret/scram';
