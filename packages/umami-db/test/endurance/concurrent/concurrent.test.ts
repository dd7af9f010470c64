import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { handler } from '../../../runtime/cloudformation/index';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type CustomResource, makeCustomResource } from '../../integration/cloudformation/custom-resource';
import { serverOf } from '../../integration/server';
import { DIFFERING_RELEASES } from '../../integration/tested-releases';
import { createEvent, updateEvent } from '../../support/events';
import { environment } from '../../support/secrets-manager';
import { buildChild, startChild } from '../crash/provisioning-process';

const AT_ONCE = 8;

let script: string;
let resource: CustomResource;

beforeAll(async () => {
  script = await buildChild(mkdtempSync(join(tmpdir(), 'umami-db-concurrent-')));
});

afterEach(() => resource.close());

test.each(DIFFERING_RELEASES)(
  'eight processes at once succeed all, one does the work, and secret and database agree, on PostgreSQL %s',
  async (version) => {
    resource = await makeCustomResource(serverOf(version));
    const event = createEvent(resource.properties);
    const children = Array.from({ length: AT_ONCE }, () => startChild(script, event, environment(resource.manager)));
    const reports = (await Promise.all(children.map(({ ending }) => ending))).map(({ output }) => JSON.parse(output));

    expect(reports.map(({ applied }) => applied.length).sort()).toEqual([...Array(AT_ONCE - 1).fill(0), 26]);
    expect(reports.map(({ present }) => present)).toEqual(Array(AT_ONCE).fill(26));
    expect(resource.manager.requests.filter((request) => request.startsWith('PutSecretValue'))).toHaveLength(1);
    expect(await resource.asUmami('select count(*)::int as rows from _prisma_migrations')).toEqual([{ rows: 26 }]);
    expect(await resource.administratorSignsIn()).toBe(true);
    expect(await describeSchema(await resource.application.administer(), 'umami')).toEqual(umami340);
  },
);

test('eight processes at once upgrade an Umami 3.1 to 3.4: one does it, and duplicates are deleted once', async () => {
  resource = await makeCustomResource();
  const { application, properties, manager } = resource;
  const before = { ...properties, UmamiVersion: '3.1' };
  const { PhysicalResourceId: id = '' } = await handler(createEvent(before));
  await application.query(`insert into umami.session_data
    (session_data_id, website_id, session_id, data_key, data_type, created_at)
    select gen_random_uuid(), md5('w')::uuid, md5((n % 900)::text)::uuid, 'plan', 1, now() from generate_series(1, 1000) n`);
  const event = updateEvent(id, before, properties);
  const children = Array.from({ length: AT_ONCE }, () => startChild(script, event, environment(manager)));
  // The one that does it first warns of the duplicates, in a line of its own.
  const outputs = (await Promise.all(children.map(({ ending }) => ending))).map(({ output }) => output.trim());
  const reports = outputs.map((output) => JSON.parse(output.split('\n').at(-1) ?? ''));

  expect(reports.map(({ applied }) => applied.length).sort()).toEqual([...Array(AT_ONCE - 1).fill(0), 7]);
  expect(await resource.asUmami('select count(*)::int as rows from session_data')).toEqual([{ rows: 900 }]);
  expect(await resource.asUmami('select count(*)::int as rows from _prisma_migrations')).toEqual([{ rows: 26 }]);
  expect(await describeSchema(await application.administer(), 'umami')).toEqual(umami340);
});
