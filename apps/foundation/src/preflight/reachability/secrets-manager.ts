import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, type PlannedStage, unlessWrong, warning } from '../check';
import { type Facts, INTERNET, type Subnet } from './facts';
import { aclProblems } from './network-acls';
import { observeFacts } from './observe-facts';
import { plannedNetwork } from './planned-network';
import { internetProblem } from './routes';
import { letsIn } from './security-groups';

const HTTPS = 443;

/** The database function reaches Secrets Manager: through an endpoint of its VPC, else through the internet. */
export const functionToSecretsManager: Check<Facts> = {
  id: 'reachability.function-to-secrets-manager',
  title: 'The database function reaches Secrets Manager',
  observe: observeFacts,
  evaluate(observed, planned) {
    const { facts, databaseFunction } = plannedNetwork(observed, planned);
    // With private DNS, the name of the service leads to the endpoint for the whole VPC.
    const endpoint = facts.endpoints.find(({ vpcId }) => vpcId === databaseFunction[0]?.vpcId);
    if (!endpoint) return toInternet(databaseFunction, facts, planned);
    const { id, groupIds } = endpoint;
    const shut = databaseFunction.filter(
      (subnet) => !groupIds.some((group) => letsIn(group, subnet, [], HTTPS, facts)),
    );
    return unlessWrong(
      shut.map(({ cidr }) =>
        failure(
          `${id} of Secrets Manager does not let ${cidr} in, and the whole VPC is led to it`,
          `aws ec2 authorize-security-group-ingress --region ${planned.region} --group-id ${groupIds[0]} --protocol tcp --port ${HTTPS} --cidr ${cidr}`,
        ),
      ),
      `through ${id}`,
    );
  },
};

/** The tasks reach the internet: images, AWS APIs. */
export const tasksToInternet: Check<Facts> = {
  id: 'reachability.tasks-to-internet',
  title: 'The tasks reach the internet, for images and AWS APIs',
  observe: observeFacts,
  evaluate(observed, planned) {
    const { network } = stageOf(planned);
    const { facts, tasks } = plannedNetwork(observed, planned);
    const outcomes = toInternet(tasks, facts, planned);
    const isAsked = network.mode === 'inside' && network.natGatewayId === undefined && network.nat === 'none';
    if (!isAsked && !(network.mode === 'new' && network.nat === 'none')) return outcomes;
    return outcomes.map((outcome) => (outcome.state === 'failure' ? { ...outcome, state: 'warning' } : outcome));
  },
};

function toInternet(from: readonly Subnet[], facts: Facts, planned: PlannedStage): readonly Outcome[] {
  const outcomes = new Map<string, Outcome>();
  const say = (outcome: Outcome) => outcomes.set(outcome.found, outcome);
  if (from.length === 0)
    say(failure('The subnets that the configuration names are not there', 'Correct the ids of the subnets'));
  for (const subnet of from) {
    const route = internetProblem(subnet, facts);
    if (route)
      say(failure(route, 'Use network.nat or network.natGatewayId, or a route table that leads to a NAT gateway'));
    for (const { text, isRare } of aclProblems(subnet, INTERNET, HTTPS, facts))
      say(
        (isRare ? warning : failure)(
          text,
          `Change the network ACL: aws ec2 describe-network-acls --region ${planned.region}`,
        ),
      );
  }
  return unlessWrong([...outcomes.values()], `${from.map(({ id }) => id).join(', ')} through NAT`);
}
