import { liveStacks } from '../../account/live-stacks';
import { type AskedStage, type Check, failure, type Outcome, type PlannedStack, unlessWrong, warning } from '../check';

/** Status of every stack of the stage that is there, by name. */
export function stackStatuses({ awsIn, once, stacks }: AskedStage): Promise<ReadonlyMap<string, string>> {
  return once('stacks', async () => {
    const found = new Map<string, string>();
    for (const region of new Set(stacks.map((stack) => stack.region))) {
      for (const { name, status } of await liveStacks(awsIn(region).cloudFormation))
        if (stacks.some((stack) => stack.name === name && stack.region === region)) found.set(name, status);
    }
    return found;
  });
}

/** No stack of the stage is in a state in which CloudFormation refuses a change. */
export const stackStates: Check<ReadonlyMap<string, string>> = {
  id: 'stacks.states',
  title: 'No stack is in a failed state',
  observe: stackStatuses,
  evaluate(statuses, { stacks }) {
    const deployed = stacks.filter(({ name }) => statuses.has(name));
    const wrong = deployed.flatMap((stack) => problemOf(stack, statuses.get(stack.name) ?? ''));
    return unlessWrong(wrong, `${deployed.length} of ${stacks.length} stacks are deployed`);
  },
};

function problemOf({ name, region }: PlannedStack, status: string): Outcome[] {
  const which = `--region ${region} --stack-name ${name}`;
  const says = `${name} is ${status}`;
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED') {
    const cause = `aws cloudformation describe-stack-events ${which}`;
    return [warning(`${says}: its creation failed`, `Deploy, which deletes it first. The cause: ${cause}`)];
  }
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return [failure(says, `aws cloudformation continue-update-rollback ${which}`)];
  if (status === 'DELETE_FAILED') return [failure(says, `aws cloudformation delete-stack ${which}`)];
  // That of a change set that was never executed; the CDK CLI replaces it.
  if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return [];
  return [
    warning(`${says}: another deployment is running`, `Wait for its end: aws cloudformation describe-stacks ${which}`),
  ];
}
