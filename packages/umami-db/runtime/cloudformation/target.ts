import { join } from 'node:path';
import type { ServerAddress } from '../connection/connect';
import { FURTHER_FILE, readFurther } from '../migrations/further-file';
import type { Endpoint } from '../secret/secret-value';
import { DEFAULT_LIMITS, type Owner, type Target } from '../target/target';
import { namesOf, type UmamiDatabaseProperties } from './properties';

export function targetOf(properties: UmamiDatabaseProperties, { id, stack }: Pick<Owner, 'id' | 'stack'>): Target {
  const { Owner: name, Database, UmamiVersion, Migrations, Adopt, Repair } = properties;
  return {
    database: Database,
    ...namesOf(properties),
    owner: { name, id, stack },
    limits: {
      connections: Number(properties.ConnectionLimit ?? DEFAULT_LIMITS.connections),
      statementSeconds: Number(properties.StatementSeconds ?? DEFAULT_LIMITS.statementSeconds),
      idleInTransactionSeconds: Number(properties.IdleInTransactionSeconds ?? DEFAULT_LIMITS.idleInTransactionSeconds),
    },
    adopt: Adopt === 'true',
    repair: Repair === 'true',
    allowOtherEncoding: properties.AllowOtherEncoding === 'true',
    bridge: properties.Bridge === undefined ? undefined : properties.Bridge === 'true',
    further: Migrations === undefined ? undefined : readFurther(join(__dirname, FURTHER_FILE), Migrations),
    umamiVersion: UmamiVersion,
  };
}

export function serverOf(
  { Host, Port, Database }: UmamiDatabaseProperties,
  certificateAuthority: string,
): ServerAddress {
  return { host: Host, port: Number(Port), database: Database, certificateAuthority };
}

/** Where Umami connects: the properties say all of it, whatever the secret holds. */
export function umamiEndpointOf({ Host, Port, UmamiHost, UmamiPort }: UmamiDatabaseProperties): Endpoint {
  return { host: UmamiHost ?? Host, port: Number(UmamiPort ?? Port) };
}
