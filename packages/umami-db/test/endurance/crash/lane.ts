import { setTimeout } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Client } from 'pg';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { apply } from '../../../runtime/cloudformation/apply';
import { parseProperties } from '../../../runtime/cloudformation/properties';
import { Secrets } from '../../../runtime/secret/secrets-manager';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import {
  type CustomResource,
  INITIAL_TEXT,
  makeCustomResource,
} from '../../integration/cloudformation/custom-resource';
import type { TestServer } from '../../integration/server';
import { createEvent, UMAMI_SECRET } from '../../support/events';
import { environment } from '../../support/secrets-manager';
import { startChild } from './provisioning-process';
import { type Start, startOfUmami } from './start-of-umami';
import type { Moment } from './statements';

/** What was found after a kill: what Umami would have done then, and what was wrong then or after one more run. */
export interface Aftermath {
  readonly start: Start;
  readonly problems: readonly string[];
}

/** A database, a role and a secret in which processes are killed one after the other; lanes do not meet. */
export interface Lane {
  /** Starts a process that provisions. */
  start(moment?: Moment): ReturnType<typeof startChild>;
  /** After a kill: looks, provisions once more, looks again, and removes everything. */
  recover(): Promise<Aftermath>;
  close(): Promise<void>;
}

export async function makeLane(
  script: string,
  umamiAdministrator: 'generated' | 'none',
  server: TestServer,
): Promise<Lane> {
  const resource = await makeCustomResource(server);
  const properties = { ...resource.properties, UmamiAdministrator: umamiAdministrator };
  const administrator = await resource.application.administer();
  const client = new SecretsManagerClient({
    endpoint: resource.manager.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not used' },
  });
  const provision = () =>
    apply(parseProperties(properties), {
      id: 'umami-request-1',
      stack: '1',
      certificateAuthority: resource.application.administrator.certificateAuthority,
      secrets: new Secrets(client),
      settled: false,
      newSecret: true,
      onWarning: () => {},
      onProgress: () => {},
      signal: new AbortController().signal,
    });
  return {
    start: (moment) => startChild(script, createEvent(properties), environment(resource.manager), moment),
    recover: async () => {
      await untilSessionsEnded(resource);
      const start = await startOfUmami(resource);
      await provision();
      const problems = await problemsAfterwards(resource, administrator, umamiAdministrator === 'generated');
      await removeEverything(resource);
      return { start, problems: start === 'half' ? ['Umami would have started half-migrated', ...problems] : problems };
    },
    close: () => resource.close(),
  };
}

async function problemsAfterwards(resource: CustomResource, administrator: Client, hasUmamiAdministrator: boolean) {
  const problems: string[] = [];
  const described = await describeSchema(administrator, 'umami');
  if (JSON.stringify(described) !== JSON.stringify(umami340)) problems.push('the catalog differs');
  if ((await startOfUmami(resource)) !== 'runs') problems.push('Umami does not run');
  if (hasUmamiAdministrator && !(await resource.administratorSignsIn()))
    problems.push('the administrator of Umami does not sign in');
  return problems;
}

/** The server ends a session soon after its client is gone: what it was doing is done or undone then. */
export async function untilSessionsEnded({ application }: CustomResource): Promise<void> {
  const left = `select count(*)::int as left from pg_stat_activity
    where application_name = 'user-metrics' and datname = current_database()`;
  for (;;) {
    const [row] = await application.query<{ left: number }>(left);
    if (row?.left === 0) return;
    await setTimeout(2);
  }
}

async function removeEverything({ application, manager }: CustomResource): Promise<void> {
  const { databaseRole } = application.target;
  await application.query(`drop schema umami, umami_migrations cascade;
    drop owned by ${databaseRole}; drop role ${databaseRole}`);
  manager.values.set(UMAMI_SECRET, INITIAL_TEXT);
}
