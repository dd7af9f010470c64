import { compare } from 'bcryptjs';
import { Client } from 'pg';
import { afterEach, beforeEach, vi } from 'vitest';
import { ADMIN_SECRET, propertiesFor, UMAMI_SECRET } from '../../support/events';
import { environment, type SecretsManager, startSecretsManager } from '../../support/secrets-manager';
import { type Application, makeApplication } from '../application';
import type { TestServer } from '../server';

/** An application, Secrets Manager with the secret of its administrator, and properties that lead to both. */
export interface CustomResource {
  readonly application: Application;
  readonly manager: SecretsManager;
  readonly properties: Readonly<Record<string, string>>;
  /** What the handler has printed. */
  printed(): string;
  /** What Umami's secret holds. */
  secret(): Record<string, string>;
  /** Runs SQL as Umami would, with nothing but the DATABASE_URL of its secret and the CA certificate. */
  asUmami(sql: string): Promise<unknown[]>;
  /** Whether Umami's administrator in a schema has the password that the secret holds. */
  administratorSignsIn(schema?: string): Promise<boolean>;
  close(): Promise<void>;
}

/** What CloudFormation puts into a secret whose template says nothing. */
export const INITIAL_TEXT = `'i=NR{2}-%\\7*:y?LhU|t+^"&kWz;o(Q9`;

/** Where the function runs: Secrets Manager and its own output. The environment says where, so there is one at a time. */
export interface Surroundings {
  readonly manager: SecretsManager;
  printed(): string;
  close(): Promise<void>;
}

export async function makeSurroundings(): Promise<Surroundings> {
  const manager = await startSecretsManager();
  for (const [name, value] of Object.entries(environment(manager))) vi.stubEnv(name, value);
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return {
    manager,
    printed: () => stdout.mock.calls.map(([text]) => String(text)).join(''),
    close: async () => {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      await manager.close();
    },
  };
}

export async function makeCustomResource(server?: TestServer): Promise<CustomResource> {
  const application = await makeApplication(server);
  const surroundings = await makeSurroundings();
  return {
    ...customResourceOf(application, surroundings),
    close: async () => {
      await surroundings.close();
      await application.close();
    },
  };
}

/** A custom resource for each test of a file, in the same object, which goes after the test. */
export function eachCustomResource(): CustomResource {
  const resource = {} as CustomResource;
  beforeEach(async () => void Object.assign(resource, await makeCustomResource()));
  afterEach(() => resource.close());
  return resource;
}

/** @param arns those of its secrets: each its own, where several share their surroundings */
export function customResourceOf(
  application: Application,
  { manager, printed }: Surroundings,
  arns = { AdminSecretArn: ADMIN_SECRET, SecretArn: UMAMI_SECRET },
): Omit<CustomResource, 'close'> {
  const { administrator, target } = application;
  const { user: username, password } = administrator;
  manager.values.set(arns.AdminSecretArn, JSON.stringify({ username, password, engine: 'postgres' }));
  manager.values.set(arns.SecretArn, INITIAL_TEXT);
  const secret = () => JSON.parse(manager.values.get(arns.SecretArn) ?? '');
  const connectAsUmami = async () => {
    const url = new URL(secret().DATABASE_URL);
    // The container trusts the CA certificate by NODE_EXTRA_CA_CERTS, which a running process cannot be given.
    url.searchParams.delete('sslmode');
    const client = new Client({ connectionString: url.href, ssl: { ca: administrator.certificateAuthority } });
    await client.connect();
    return client;
  };
  return {
    application,
    manager,
    properties: { ...propertiesFor({ ...administrator, databaseRole: target.databaseRole }), ...arns },
    printed,
    secret,
    asUmami: async (sql) => {
      const client = await connectAsUmami();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    },
    administratorSignsIn: async (schema = 'umami') => {
      const [user] = await application.query<{ password: string }>(`select password from ${schema}."user"`);
      return compare(secret()['UMAMI_ADMIN_PASSWORD'] ?? '', user?.password ?? '');
    },
  };
}
