import { DeployedAlertTopic } from '../../account/alert-topic';
import { type BudgetTagStatus, budgetTagStatus, describeBudgetTagStatus } from '../../account/budget-tag-status';
import { alertsTopicArn, costStackOutputs } from '../../account/cost-stack-outputs';
import { costOf } from '../../account/deployed-stage';
import { compareSubscribers, getsNoAlerts, type Subscriber } from '../../account/subscribers';
import { ALERTS_STACK, COST_STACK } from '../../stacks/stack-names';
import { type AskedStage, type Check, MissingRights, ok, unlessWrong, warning } from '../check';
import { stackStatuses } from '../stacks/stack-states';

/** Whether the tag keys that the budget filters by are active; nothing before the first deployment. */
export const costAllocationTags: Check<BudgetTagStatus | undefined> = {
  id: 'cost.allocation-tags',
  title: "The budget's cost allocation tags are active",
  applies: (planned) => costOf(planned).budget,
  async observe(stage) {
    if (!(await stackStatuses(stage)).has(COST_STACK)) return undefined;
    const place = { account: stage.id, region: stage.costRegion };
    const status = await budgetTagStatus(place, await costStackOutputs(place), costOf(stage));
    if (status.missingRights.length > 0) throw new MissingRights(status.missingRights);
    return status;
  },
  evaluate(status, planned) {
    if (!status) return [ok('the deployment asks for their activation')];
    const lines = describeBudgetTagStatus(status, planned.id, costOf(planned).limit);
    if (!status.hasInactiveTags) return [ok(lines.join(' '))];
    const keys = Object.entries(status.keys).map(([key, state]) => `${key} ${state}`);
    return [warning(`The budget may count $0: ${keys.join(', ')}`, lines.join(' '))];
  },
};

/** Who gets alerts; nothing before the first deployment. */
export const subscribers: Check<readonly Subscriber[] | undefined> = {
  id: 'cost.subscribers',
  title: 'Each address has confirmed that it gets alerts',
  async observe(stage) {
    const statuses = await stackStatuses(stage);
    const topics = await Promise.all([
      ...(statuses.has(COST_STACK) ? [topicOfCosts(stage)] : []),
      ...(statuses.has(ALERTS_STACK) ? [topicOfStages(stage)] : []),
    ]);
    if (topics.length === 0) return undefined;
    const subscriptions = await Promise.all(topics.map((topic) => topic.subscriptions()));
    return subscriptions.flatMap((found) => compareSubscribers(costOf(stage).emails, found));
  },
  evaluate(found, planned) {
    const emails = costOf(planned).emails.join(', ');
    if (!found) return [ok(`${emails}: asked to confirm by the deployment`)];
    const missed = new Map(found.filter(getsNoAlerts).map(({ email, state }) => [email, state]));
    return unlessWrong(
      [...missed].map(([email, state]) =>
        warning(
          `${email} gets no alerts: ${state === 'pending' ? 'not confirmed yet' : 'the subscription expired or was removed'}`,
          `npx user-metrics alert-test --stage ${planned.stage} --resubscribe`,
        ),
      ),
      emails,
    );
  },
};

async function topicOfCosts({ id: account, costRegion: region }: AskedStage): Promise<DeployedAlertTopic> {
  return new DeployedAlertTopic((await costStackOutputs({ account, region })).topicArn, region);
}

async function topicOfStages({ id: account, region }: AskedStage): Promise<DeployedAlertTopic> {
  return new DeployedAlertTopic(await alertsTopicArn({ account, region }), region);
}
