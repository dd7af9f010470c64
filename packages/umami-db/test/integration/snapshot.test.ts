import { environmentFor } from '@user-metrics/aws-endpoint';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../../runtime/cloudformation/index';
import { createEvent, updateEvent } from '../support/events';
import { type Rds, startRds } from '../support/rds';
import { type Application, makeApplication } from './application';
import { makeCommandLine, variablesOf } from './cli/command';
import { makeCustomResource } from './cloudformation/custom-resource';

let rds: Rds;

beforeEach(async () => {
  rds = await startRds();
  rds.statuses.shift();
});

afterEach(() => rds.close());

const created = () => rds.asked.filter(({ action }) => action === 'CreateDBClusterSnapshot');
const migrationsOf = async ({ query }: Application) =>
  (await query<{ count: number }>('select count(*)::int from umami._prisma_migrations'))[0]?.count;

test('provision --snapshot takes one before it migrates tables, and only then', async () => {
  const application = await makeApplication();
  const environment = { ...variablesOf(application.administrator), ...environmentFor(rds) };
  const commandLine = makeCommandLine(application, environment);
  const provision = (...options: string[]) =>
    commandLine.run('provision', '--secret-file', commandLine.secretFile, '--snapshot', 'application', ...options);
  const counts: unknown[] = [];
  rds.onCreate = async () => counts.push(await migrationsOf(application));

  expect((await provision('--umami-version', '3.1')).code).toBe(0);
  expect(rds.asked).toEqual([]);

  const dry = await provision('--dry-run');
  expect([dry.stdout.split('\n')[0], rds.asked]).toEqual(['Would take a snapshot of cluster application first', []]);

  rds.refusals.push({ action: 'Create', code: 'AccessDenied', message: 'not authorized', status: 403 });
  const refused = await provision();
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining('AWS refuses: AccessDenied: not authorized'),
  ]);
  expect(await migrationsOf(application)).toBe(19);

  const { code, stderr } = await provision();
  expect([code, counts, await migrationsOf(application)]).toEqual([0, [19], 26]);
  expect(stderr).toMatch(/snapshot umami-before-3-4-\d{8}-\d{4} of cluster application: created[\s\S]*20_add_heatmap/);

  expect((await provision()).code).toBe(0);
  expect(created()).toHaveLength(2);
  commandLine.close();
  await application.close();
});

test('the function takes one before it migrates tables', async () => {
  const resource = await makeCustomResource();
  vi.stubEnv('AWS_ENDPOINT_URL_RDS', rds.url);
  const { application } = resource;
  const before = { ...resource.properties, UmamiVersion: '3.1', SnapshotCluster: 'application' };
  const after = { ...resource.properties, SnapshotCluster: 'application' };
  const { PhysicalResourceId: id = '' } = await handler(createEvent(before));
  expect(rds.asked).toEqual([]);

  rds.refusals.push({ action: 'Create', code: 'InvalidDBClusterStateFault', message: 'the cluster is not available' });
  await expect(handler(updateEvent(id, before, after))).rejects.toThrow('the cluster is not available');
  expect(await migrationsOf(application)).toBe(19);

  expect(await handler(updateEvent(id, before, after))).toMatchObject({ Data: { Migrations: '26' } });
  const [, snapshot] = created();
  expect(snapshot?.parameters).toMatchObject({ DBClusterIdentifier: 'application' });
  expect(resource.printed()).toContain('{"progress":"snapshot umami-before-3-4-');
  await resource.close();
});
