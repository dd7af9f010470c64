import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_VERSIONS } from '@user-metrics/postgres-server';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type CustomResource, makeCustomResource } from '../../integration/cloudformation/custom-resource';
import { serverOf } from '../../integration/server';
import { createEvent } from '../../support/events';
import { environment } from '../../support/secrets-manager';
import { buildChild, startChild } from '../crash/provisioning-process';

const AT_ONCE = 8;

let script: string;
let resource: CustomResource;

beforeAll(async () => {
  script = await buildChild(mkdtempSync(join(tmpdir(), 'umami-db-concurrent-')));
});

afterEach(() => resource.close());

test.each(POSTGRES_VERSIONS)(
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
