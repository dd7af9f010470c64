import { POSTGRES_VERSIONS } from '@user-metrics/postgres-server';
import type { TestProject } from 'vitest/node';
import { startReleases } from '../integration/global-setup';

export default (project: TestProject) => startReleases(project, POSTGRES_VERSIONS);
