import { startPostgres } from '@user-metrics/postgres-server';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one server of all integration tests. */
    postgres: { port: number; user: string; password: string; authority: string };
  }
}

export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const { port, superuser, authority, stop } = await startPostgres();
  project.provide('postgres', { port, ...superuser, authority });
  return stop;
}
