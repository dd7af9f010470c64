import { lambdaTelemetry } from '../rights/lambda-telemetry';
import { operator } from '../rights/operator';
import { databaseFunction, grafana } from '../rights/readers';
import { taskExecution } from '../rights/task-execution';
import { openReplayTask, umamiTask, unauthorisedRole } from '../rights/task-roles';
import { costTrend } from '../work/cost-trend';
import { logExport } from '../work/log-export';
import type { AccountCheck } from './account-check';
import { deploymentPipeline } from './deployment-pipeline';

export { existingApplicationChecks } from './existing-application';

/** What the deployed account has to show beside the criteria, which the deployment itself verifies. */
export const deployedChecks: readonly AccountCheck[] = [
  costTrend,
  deploymentPipeline,
  logExport,
  taskExecution,
  umamiTask,
  openReplayTask,
  lambdaTelemetry,
  grafana,
  databaseFunction,
  operator,
  unauthorisedRole,
];
