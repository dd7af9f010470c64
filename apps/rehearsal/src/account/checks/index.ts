import { lambdaTelemetry } from '../rights/lambda-telemetry';
import { operator } from '../rights/operator';
import { databaseFunction, grafana } from '../rights/readers';
import { taskExecution } from '../rights/task-execution';
import { openReplayTask, stranger, umamiTask } from '../rights/task-roles';
import { logExport } from '../work/log-export';
import type { AccountCheck } from './account-check';
import { alertTopic } from './alert-topic';
import { budget } from './budget';
import { contract } from './contract';
import { dashboards } from './dashboards';
import { databaseChecks } from './database';
import { deploymentPipeline } from './deployment-pipeline';
import { iamRoles } from './iam-roles';
import { inactiveBudgetTags } from './inactive-budget-tags';
import { logArchive } from './log-archive';
import { natGateway } from './nat-gateway';
import { networkShape } from './network-shape';
import { onlyTaskRole } from './recordings-access';
import { encryption, expiry } from './recordings-bucket';
import { countedByBudget, resourceTags } from './resource-tags';
import { securityGroups } from './security-groups';
import { storageMetrics } from './storage-metrics';
import { tagSearch } from './tag-search';
import { tiering } from './tiering';

export { neighbourChecks } from './neighbour';

/** What the deployed account has to show. */
export const deployedChecks: readonly AccountCheck[] = [
  networkShape,
  natGateway,
  securityGroups,
  iamRoles,
  resourceTags,
  tagSearch,
  contract,
  deploymentPipeline,
  ...databaseChecks,
  encryption,
  expiry,
  tiering,
  onlyTaskRole,
  storageMetrics,
  logArchive,
  logExport,
  budget,
  countedByBudget,
  dashboards,
  alertTopic,
  inactiveBudgetTags,
  taskExecution,
  umamiTask,
  openReplayTask,
  lambdaTelemetry,
  grafana,
  databaseFunction,
  operator,
  stranger,
];
