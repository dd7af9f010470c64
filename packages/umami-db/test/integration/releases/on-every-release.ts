import { POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';
import { test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { type CustomResource, makeCustomResource } from '../cloudformation/custom-resource';
import { serverOf } from '../server';

/** A test on each release of PostgreSQL, on all of them at the same time: each has an application of its own. */
export function onEveryRelease(
  title: string,
  work: (application: Application, version: PostgresVersion) => Promise<void>,
): void {
  test.concurrent.for(POSTGRES_VERSIONS)(`${title} (PostgreSQL %s)`, async (version) => {
    const application = await makeApplication(serverOf(version));
    try {
      await work(application, version);
    } finally {
      await application.close();
    }
  });
}

/** The same with a custom resource; one after the other, for the function finds its endpoint in the environment. */
export function asCustomResource(title: string, work: (resource: CustomResource) => Promise<void>): void {
  test.for(POSTGRES_VERSIONS)(`${title} (PostgreSQL %s)`, async (version) => {
    const resource = await makeCustomResource(serverOf(version));
    try {
      await work(resource);
    } finally {
      await resource.close();
    }
  });
}
