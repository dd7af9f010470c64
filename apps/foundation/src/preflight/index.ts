import { bootstrap } from './account/bootstrap';
import { quotas } from './account/quotas';
import type { Check } from './check';
import { costAllocationTags, subscribers } from './cost/alerts';
import { billingAccess, billingMetrics } from './cost/billing';
import { adminSecret } from './database/admin-secret';
import { cluster } from './database/cluster';
import { owner } from './database/owner';
import { availabilityZones } from './network/availability-zones';
import { block } from './network/block';
import { existingSubnets } from './network/existing-subnets';
import { gateways } from './network/gateways';
import { prefixList } from './network/prefix-list';
import { functionToDatabase, tasksToDatabase } from './reachability/database';
import { databaseGroup } from './reachability/database-group';
import { functionToSecretsManager, tasksToInternet } from './reachability/secrets-manager';
import { names } from './stacks/names';
import { project } from './stacks/project';
import { stackStates } from './stacks/stack-states';
import { unconfiguredStages } from './stacks/unconfigured-stages';

/** Everything that is checked before a deployment, by topic. */
export const CHECKS: readonly Check[] = [
  bootstrap,
  quotas,
  availabilityZones,
  block,
  existingSubnets,
  gateways,
  prefixList,
  functionToDatabase,
  tasksToDatabase,
  databaseGroup,
  functionToSecretsManager,
  tasksToInternet,
  cluster,
  adminSecret,
  owner,
  stackStates,
  names,
  project,
  unconfiguredStages,
  billingAccess,
  billingMetrics,
  costAllocationTags,
  subscribers,
] as readonly Check[];
