import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeSchema } from '../../runtime/catalog/describe-schema';
import { FURTHER_FILE, furtherText, sha256 } from '../../runtime/migrations/further-file';
import umami340 from '../fixtures/catalog-3.4.0.json';
import { ASSETS, type BareFunction, makeBareFunction } from '../support/bare-function';
import { createEvent, UMAMI_SECRET, updateEvent } from '../support/events';
import { startRds } from '../support/rds';
import { environment } from '../support/secrets-manager';
import { type CustomResource, makeCustomResource } from './cloudformation/custom-resource';
import { insertOldEvents } from './purge/data';

let resource: CustomResource;
let bare: BareFunction;

beforeEach(async () => {
  resource = await makeCustomResource();
  bare = makeBareFunction();
});

afterEach(async () => {
  bare.close();
  await resource.close();
});

test('the bundled function sets up Umami in a process that has nothing of ours', async () => {
  const send = () => bare.send(createEvent(resource.properties), environment(resource.manager));
  const answer = { PhysicalResourceId: 'umami-request-1', Data: { Migrations: '26' } };

  expect(await send()).toEqual(answer);
  expect(await send()).toEqual(answer);
  expect(await describeSchema(await resource.application.administer(), 'umami')).toEqual(umami340);
  expect(await resource.asUmami('select count(*)::int as websites from website')).toEqual([{ websites: 0 }]);
  // As Umami stores it: bcrypt at cost 10.
  expect(await resource.asUmami('select password from "user"')).toEqual([
    { password: expect.stringMatching(/^\$2[ab]\$10\$.{53}$/) },
  ]);
  expect(await resource.administratorSignsIn()).toBe(true);
});

test('the bundled function takes a snapshot before an upgrade with the SDK as Lambda has it: by NODE_PATH', async () => {
  const upgraded = await makeCustomResource();
  const rds = await startRds();
  rds.statuses.shift();
  const alone = makeBareFunction({ withSdk: false });
  const environmentOfLambda = {
    ...environment(upgraded.manager),
    AWS_ENDPOINT_URL_RDS: rds.url,
    NODE_PATH: join(dirname(require.resolve('@aws-sdk/client-rds/package.json')), '..', '..'),
  };
  const before = { ...upgraded.properties, UmamiVersion: '3.1' };
  const after = { ...upgraded.properties, SnapshotCluster: 'application' };
  await alone.send(createEvent(before), environmentOfLambda);
  await alone.send(updateEvent('umami-request-1', before, after), environmentOfLambda);
  alone.close();

  expect(rds.actions()).toEqual(['DescribeDBClusterSnapshots', 'CreateDBClusterSnapshot']);
  await rds.close();
  await upgraded.close();
});

test('the bundled function of the retention deletes old rows in a process that has nothing of ours', async () => {
  await bare.send(createEvent(resource.properties), environment(resource.manager));
  await insertOldEvents(resource.application, 3, '2020-01-01');
  const { Owner, CertificateAuthority } = resource.properties;
  const event = {
    action: 'purge',
    Owner,
    CertificateAuthority,
    SecretArn: UMAMI_SECRET,
    Retention: { events: 86_400 },
  };
  const retention = makeBareFunction({ asset: join(ASSETS, 'retention') });
  const report = await retention.send(event, environment(resource.manager));
  retention.close();

  expect(report).toMatchObject({ complete: true });
  expect(await resource.asUmami('select count(*)::int as events from website_event')).toEqual([{ events: 0 }]);
});

test('the bundled function applies the migrations that lie beside it, and those alone that it is told of', async () => {
  const statements = ['create table goal (goal_id uuid primary key)'];
  const text = furtherText([{ name: '27_add_goal', checksum: sha256('27'), statements, lines: [1] }]);
  writeFileSync(join(bare.folder, FURTHER_FILE), text);
  const send = (Migrations: string) =>
    bare.send(createEvent({ ...resource.properties, Migrations }), environment(resource.manager));

  await expect(send(sha256('other'))).rejects.toThrow(
    'The function has other migrations than property Migrations says',
  );
  expect(await send(sha256(text))).toEqual({ PhysicalResourceId: 'umami-request-1', Data: { Migrations: '27' } });
  expect(await resource.asUmami('select * from goal')).toEqual([]);
});

test('the bundled function fails at a server whose certificate is not of Amazon, unless told its CA certificate', async () => {
  const { CertificateAuthority: _, ...properties } = resource.properties;

  await expect(bare.send(createEvent(properties), environment(resource.manager))).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringMatching(/^The certificate of localhost:\d+\/\w+ is not trusted: .*certificate/),
  });
});
