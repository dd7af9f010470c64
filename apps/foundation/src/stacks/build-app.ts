import { ObservabilityTags, TagCompliance } from '@user-metrics/tagging';
import { type Environment, environmentOf, stageTags } from '@user-metrics/tagging/schema';
import {
  App,
  BOOTSTRAP_QUALIFIER_CONTEXT,
  PERMISSIONS_BOUNDARY_CONTEXT_KEY,
  type Stack,
  Validations,
} from 'aws-cdk-lib/core';
import type { Account, Foundation, Stage } from '../config';
import { AccessStack } from './access-stack';
import { AlertsStack } from './alerts-stack';
import { CostReportsStack } from './cost-reports-stack';
import { CostStack } from './cost-stack';
import { DatabaseStack } from './database-stack';
import { featureFlags } from './feature-flags';
import { NetworkStack } from './network-stack';
import { hasAlertsStack } from './stack-names';
import { StorageStack } from './storage-stack';

/**
 * All stacks of one stage and the account's own.
 *
 * @param foundation a checked configuration
 * @param name a stage of it
 * @param outdir folder for the assembly. @default - a temporary one
 * @param isValidated whether aws-cdk-lib validates the templates, which takes most of the time of a synthesis
 */
export function buildApp(foundation: Foundation, name: string, outdir?: string, isValidated = true): App {
  const stage = foundation.stages[name];
  const account = stage && foundation.accounts[stage.account];
  if (!stage || !account) throw new Error(`\`name\` must be a stage of the configuration, got: ${name}.`);
  const app = new App({
    context: { ...featureFlags, ...contextOf(account) },
    ...(outdir ? { outdir } : {}),
    analyticsReporting: false,
    builtinCloudFormationValidation: isValidated,
  });
  const context = { name, stage, foundation, region: stage.region };

  const cost = account.cost.budget ? new CostStack(app, foundation.tags, stage.account, account) : undefined;
  const alerts = cost && !hasAlertsStack(stage, account.cost) ? cost : new AlertsStack(app, stage, account.cost);
  const network = new NetworkStack(app, context);
  const access = new AccessStack(app, context);
  const database = new DatabaseStack(app, context, network.databaseFunction, access.taskExecutionRole, alerts.alerts);
  const storage = new StorageStack(app, context, access.openReplayTaskRole, alerts.alerts);
  tag([network, access, database, storage], stageTags(foundation.tags, name, 'CDK'));

  const ofAccount = new Set<Stack>([...(cost ? [cost] : []), alerts]);
  if (account.cost.reports && (cost || isWhereReportsAre(foundation, stage))) {
    // An alarm publishes to topics of its own Region alone.
    const topic = cost ?? (account.cost.region === stage.region ? alerts : undefined);
    ofAccount.add(
      new CostReportsStack(app, foundation.tags, stage.account, account, {
        alarms: cost ? [cost.inactiveBudgetTags] : [],
        tags: cost?.costAllocationTags,
        alerts: topic?.alerts,
      }),
    );
  }
  tag([...ofAccount], {
    ...stageTags(foundation.tags, name, 'CDK'),
    Environment: environmentOfAccount(foundation, stage.account),
  });

  Validations.of(app).addPlugins(new TagCompliance());
  return app;
}

/**
 * Without a budget the reports take the topic of a stage of their Region, where there is one: they belong to the assemblies of its
 * stages then, so that they are the same whichever stage is deployed.
 */
function isWhereReportsAre({ accounts, stages }: Foundation, { account, region }: Stage): boolean {
  const where = accounts[account]?.cost.region;
  const isThere = (other: Stage) => other.account === account && other.region === where;
  return region === where || !Object.values(stages).some(isThere);
}

/** What the CDK reads by these keys for every stack, and for IAM roles that it creates by itself. */
function contextOf({ bootstrap, permissionsBoundary: policy }: Account): { readonly [key: string]: unknown } {
  const boundary = policy?.startsWith('arn:') ? { arn: policy } : { name: policy };
  return {
    [BOOTSTRAP_QUALIFIER_CONTEXT]: bootstrap.qualifier,
    ...(policy === undefined ? {} : { [PERMISSIONS_BOUNDARY_CONTEXT_KEY]: boundary }),
  };
}

function tag(stacks: Stack[], tags: ReturnType<typeof stageTags>): void {
  for (const stack of stacks) ObservabilityTags.of(stack).apply(tags);
}

/** What exists once per account has the most important environment of the account's stages. */
function environmentOfAccount({ tags, stages }: Foundation, account: string): Environment {
  const environments = Object.entries(stages)
    .filter(([, stage]) => stage.account === account)
    .map(([name]) => environmentOf(name, tags.environments));
  return (['prod', 'staging', 'dev'] as const).find((environment) => environments.includes(environment)) ?? 'dev';
}
