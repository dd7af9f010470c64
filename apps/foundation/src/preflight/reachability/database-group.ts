import { stageOf } from '../../account/deployed-stage';
import { published } from '../../account/published';
import { type AskedStage, type Check, failure, type Outcome, ok, unlessWrong, warning } from '../check';
import { umamiReaches } from './database';
import type { Facts } from './facts';
import { observeFacts } from './observe-facts';
import { plannedNetwork } from './planned-network';
import { letsIn } from './security-groups';

export interface ObservedDatabaseGroup {
  readonly facts: Facts;
  /** Security groups of the clients; nothing before the first deployment. */
  readonly deployed?: { readonly tasks: string; readonly databaseFunction: string };
}

const CLIENTS = { tasks: 'Umami', databaseFunction: 'the database function' } as const;

/** The database's security group lets its new clients in, or the deployment sees to that. */
export const databaseGroup: Check<ObservedDatabaseGroup> = {
  id: 'reachability.database-security-group',
  title: "The database's security group lets Umami and the database function in",
  async observe(stage) {
    const facts = await observeFacts(stage);
    const [tasks, databaseFunction] = await Promise.all([
      publishedOrNone(stage, 'network/umami-security-group-id'),
      publishedOrNone(stage, 'network/database-function-security-group-id'),
    ]);
    return { facts, ...(tasks && databaseFunction ? { deployed: { tasks, databaseFunction } } : {}) };
  },
  evaluate({ facts: observed, deployed }, planned) {
    const {
      securityGroupId: group,
      port,
      owner,
      access = owner === 'none' ? 'rule' : 'print',
    } = stageOf(planned).database;
    const clients = umamiReaches(planned) ? (['databaseFunction', 'tasks'] as const) : (['databaseFunction'] as const);
    const all = clients.map((client) => CLIENTS[client]).join(' and ');
    if (access === 'rule') return [ok(`The deployment adds a rule to ${group} for ${all}, port ${port}`)];
    const { facts, ...subnets } = plannedNetwork(observed, planned);
    const wrong = clients.flatMap((client): Outcome[] => {
      const groups = deployed ? [deployed[client]] : [];
      const shut = subnets[client].filter((subnet) => !letsIn(group, subnet, groups, port, facts));
      if (shut.length === 0) return [];
      const blocks = shut.map(({ cidr }) => cidr);
      const found = `${group} does not let ${CLIENTS[client]} in from ${blocks.join(', ')}, port ${port}`;
      if (access === 'present' || deployed)
        return [failure(found, ruleCommand(group, port, deployed?.[client] ?? blocks, planned.region))];
      const until = `Deploy: it stops at UserMetrics-${planned.stage}-Database until the owner (${owner}) of ${group} has added the lines of the output DatabaseAccessToAdd. Then deploy again`;
      return [warning(`${found} yet`, until)];
    });
    return unlessWrong(wrong, `${group} lets ${all} in, port ${port}`);
  },
};

function ruleCommand(group: string, port: number, source: string | readonly string[], region: string): string {
  const sources = typeof source === 'string' ? [`--source-group ${source}`] : source.map((cidr) => `--cidr ${cidr}`);
  return sources
    .map(
      (one) =>
        `aws ec2 authorize-security-group-ingress --region ${region} --group-id ${group} --protocol tcp --port ${port} ${one}`,
    )
    .join(' && ');
}

/** A value that an earlier deployment published. */
async function publishedOrNone(stage: AskedStage, name: Parameters<typeof published>[1]): Promise<string> {
  return published(stage, name).catch((error: Error) => {
    if (error.name === 'ParameterNotFound') return '';
    throw error;
  });
}
