export { type Certificates, makeCertificates } from './certificates';
export { PostgresServerError } from './postgres-server-error';
export { DEFAULT_POSTGRES_VERSION, POSTGRES_VERSIONS, type PostgresVersion } from './releases';
export { type PostgresServer, type PostgresServerOptions, startPostgres } from './start';
