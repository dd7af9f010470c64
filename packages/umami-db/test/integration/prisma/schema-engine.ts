import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from '@prisma/driver-adapter-utils';
import type * as Engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { type DatabaseError, Pool } from 'pg';
import { type MigrationFile, migrationFiles } from './migration-files';

/** How Umami's container connects. */
export interface Container {
  /** As in Umami's secret: the parameter `schema` says where its tables are. */
  readonly databaseUrl: string;
  /** What NODE_EXTRA_CA_CERTS is to a container. */
  readonly caCertificate: string;
}

/**
 * What `prisma migrate deploy` does at each start of Umami's container: its own engine applies what the ledger lacks.
 *
 * @returns names of the migrations that were applied; with none, the command says "No pending migrations to apply"
 * @throws Error with Prisma's code, such as P3005, at which the container ends
 */
export async function migrateDeploy(
  { databaseUrl, caCertificate }: Container,
  files: readonly MigrationFile[] = migrationFiles(),
): Promise<string[]> {
  const url = new URL(databaseUrl);
  const schema = url.searchParams.get('schema') ?? 'public';
  for (const parameter of ['schema', 'sslmode']) url.searchParams.delete(parameter);
  // One connection, which has the path of the schema: both as the engine has it without an adapter.
  const options = `-c search_path="${schema}"`;
  const pool = new Pool({ connectionString: url.href, ssl: { ca: caCertificate }, max: 1, options });
  try {
    const { SchemaEngine } = await engineModule();
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool, { schema }));
    const engine = await SchemaEngine.new({ datamodels: [DATAMODEL] }, () => {}, adapter);
    try {
      return (await engine.applyMigrations(input(files))).appliedMigrationNames;
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

const DATAMODEL: [string, string] = ['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n'];

function input(files: readonly MigrationFile[]): Engine.ApplyMigrationsInput {
  return {
    migrationsList: {
      baseDir: '/app/prisma/migrations',
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories: files.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
      })),
    },
    filters: { externalTables: [], externalEnums: [] },
  };
}

/**
 * Sends a script whole, which makes it one transaction, and tells the engine of any error in PostgreSQL's words: both as the
 * engine does without an adapter. This one would cut it at each semicolon, and translate errors into what the engine does not know.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script).catch(raise);
    };
    return adapter;
  }
}

function raise(error: DatabaseError): never {
  const { code = '', severity = '', message, detail, column, hint } = error;
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
}

/** Node.js has it; its types leave it to those of browsers. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: object } }>;
};

let loaded: Promise<typeof Engine> | undefined;

/** The engine; its own entry is for bundlers that know WebAssembly. */
function engineModule(): Promise<typeof Engine> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<typeof Engine> {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return engine;
}
