import { iamRoles } from './access/iam-roles';
import { publishedValues } from './access/published-parameters';
import { alertTopic } from './cost/alert-topic';
import { billingReports } from './cost/billing-reports';
import { budget } from './cost/budget';
import { budgetFilter } from './cost/budget-filter';
import { costReport } from './cost/cost-report';
import { costReviewDocument } from './cost/cost-review-document';
import { dashboards } from './cost/dashboards';
import { inactiveTagsAlarm } from './cost/inactive-tags-alarm';
import type { Criterion } from './criterion';
import { baseline } from './database/baseline';
import { connections } from './database/connections';
import { databaseRole } from './database/database-role';
import { degradation } from './database/degradation';
import { isolation } from './database/isolation';
import { migrations } from './database/migrations';
import { otherSchemas } from './database/other-schemas';
import { schema } from './database/schema';
import { secret } from './database/secret';
import { INTEGRATION_VERIFICATIONS } from './existing';
import { natGateway } from './network/nat-gateway';
import { securityGroups } from './network/security-groups';
import { subnets } from './network/subnets';
import { encryption } from './storage/encryption';
import { expiry } from './storage/expiry';
import { logArchive } from './storage/log-archive';
import { recordingsAccess } from './storage/recordings-access';
import { storageMetrics } from './storage/storage-metrics';
import { tiering } from './storage/tiering';
import { resourceTags } from './tagging/resource-tags';
import { tagSearch } from './tagging/tag-search';

/** What is verified in the account that a stage is deployed in. */
export const DEPLOYED_CRITERIA: readonly Criterion[] = [
  subnets,
  natGateway,
  securityGroups,
  iamRoles,
  resourceTags,
  tagSearch,
  publishedValues,
  encryption,
  expiry,
  tiering,
  recordingsAccess,
  storageMetrics,
  logArchive,
  budget,
  budgetFilter,
  dashboards,
  costReport,
  costReviewDocument,
  alertTopic,
  inactiveTagsAlarm,
];

/** What the database function tells of the schema, and of the schemas of others. */
const DATABASE_CRITERIA: readonly Criterion[] = [
  schema,
  databaseRole,
  secret,
  isolation,
  baseline,
  migrations,
  otherSchemas,
  connections,
  degradation,
];

/** What `verify` says something of, with what existed before the first deployment. */
export const VERIFIED_CRITERIA: readonly Criterion[] = [
  ...DEPLOYED_CRITERIA,
  ...DATABASE_CRITERIA,
  billingReports,
  ...INTEGRATION_VERIFICATIONS,
];
