import { stageOf } from '../../account/deployed-stage';
import { type AskedStage, type Check, failure, type Outcome, type PlannedStage, unlessWrong, warning } from '../check';
import { observeCluster } from '../database/cluster';
import type { Facts, Subnet } from './facts';
import { aclProblems } from './network-acls';
import { observeFacts } from './observe-facts';
import { addsRoutesBack, OWN_VPC, plannedNetwork } from './planned-network';
import { routeProblem, routeTableOf } from './routes';

/** What packets meet, and the subnets of the database. */
export interface ObservedPath {
  readonly facts: Facts;
  readonly databaseSubnetIds: readonly string[];
}

/** The database function reaches the database, by route tables and network ACLs. */
export const functionToDatabase: Check<ObservedPath> = {
  id: 'reachability.function-to-database',
  title: 'The database function reaches the database',
  observe,
  evaluate: (observed, planned) => pathsToDatabase('databaseFunction', observed, planned),
};

/** Umami's tasks reach the database, by route tables and network ACLs. */
export const tasksToDatabase: Check<ObservedPath> = {
  id: 'reachability.tasks-to-database',
  title: "Umami's tasks reach the database",
  applies: umamiReaches,
  observe,
  evaluate: (observed, planned) => pathsToDatabase('tasks', observed, planned),
};

/** Whether the configuration leads Umami to the database; without a peering connection something of the user's own does. */
export function umamiReaches(planned: PlannedStage): boolean {
  const { network } = stageOf(planned);
  return network.mode !== 'new' || network.peering !== undefined;
}

async function observe(stage: AskedStage): Promise<ObservedPath> {
  const [facts, cluster] = await Promise.all([observeFacts(stage), observeCluster(stage)]);
  return { facts, databaseSubnetIds: cluster?.subnetIds ?? [] };
}

function pathsToDatabase(
  who: 'tasks' | 'databaseFunction',
  { facts: observed, databaseSubnetIds }: ObservedPath,
  planned: PlannedStage,
): readonly Outcome[] {
  const { port } = stageOf(planned).database;
  const { facts, [who]: from } = plannedNetwork(observed, planned);
  const to = facts.subnets.filter(({ id }) => databaseSubnetIds.includes(id));
  const show = `--region ${planned.region}`;
  if (from.length === 0 || to.length === 0) {
    const which = from.length === 0 ? 'the subnets that the configuration names' : 'the subnets of the cluster';
    return [failure(`There is no way to say: ${which} are not there`, `aws ec2 describe-subnets ${show}`)];
  }
  const outcomes = new Map<string, Outcome>();
  const say = (outcome: Outcome) => outcomes.set(outcome.found, outcome);
  for (const one of from) {
    for (const other of to) {
      const there = routeProblem(one, other, facts);
      if (there)
        say(failure(there, `Add a route: aws ec2 create-route ${show} --destination-cidr-block ${other.cidr}`));
      const back = routeProblem(other, one, facts);
      if (back) say(backProblem(back, other, facts, planned));
      for (const { text, isRare } of aclProblems(one, other, port, facts))
        say((isRare ? warning : failure)(text, `Change the network ACL: aws ec2 describe-network-acls ${show}`));
    }
  }
  return unlessWrong([...outcomes.values()], `${names(from)} to ${names(to)}, port ${port}`);
}

/** A route back that the owner of the table has to add, or one that the configuration forgets. */
function backProblem(text: string, database: Subnet, facts: Facts, planned: PlannedStage): Outcome {
  const { network } = stageOf(planned);
  const table = routeTableOf(database, facts)?.id ?? '';
  if (network.mode !== 'new' || database.vpcId === OWN_VPC)
    return failure(text, `Add the route back to ${table}, with the same target on its side`);
  if (!network.peering?.routeTableIds.includes(table))
    return failure(text, `Add '${table}' to network.peering.routeTableIds: it is the route table of ${database.id}`);
  if (addsRoutesBack(planned) || !text.includes('has no route'))
    return failure(
      text,
      `Remove the other route: aws ec2 describe-route-tables --region ${planned.region} --route-table-ids ${table}`,
    );
  return warning(
    `${text}, and its owner has to add it`,
    `Deploy, and give the owner of ${table} the lines of the output DatabaseAccessToAdd`,
  );
}

function names(subnets: readonly Subnet[]): string {
  return subnets.map(({ id }) => id).join(', ');
}
