import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import { dashboardBodies } from '../../account/dashboards';
import { costOf, type DeployedStage } from '../../account/deployed-stage';
import { inCostRegion, physicalIdOf, resourcesOf } from '../../account/stack-resources';
import { type Criterion, differencesOf } from '../criterion';

export interface ObservedAlarm {
  /** ARN of the topic of alerts. */
  readonly topic: string;
  /** @default - there is no such alarm */
  readonly alarm?: MetricAlarm | undefined;
  /** Bodies of the dashboards of the foundation. */
  readonly dashboards: readonly string[];
}

/** `work.inactive-budget-tags`: the alarm that is on until the budget's cost allocation tags are known to be active, whom it tells, and where it is shown. */
export const inactiveTagsAlarm: Criterion<ObservedAlarm> = {
  id: 'work.inactive-budget-tags',
  async observe(deployed) {
    const home = inCostRegion(deployed);
    return {
      topic: await physicalIdOf(home, 'AWS::SNS::Topic'),
      alarm: await alarmOf(home),
      dashboards: await dashboardBodies(deployed),
    };
  },
  evaluate({ topic, alarm, dashboards }, expected) {
    if (!costOf(expected).budget) return { applies: false, wrong: [], evidence: 'cost.budget is false' };
    if (!alarm) return { wrong: ['there is no such alarm'], evidence: '' };
    const { AlarmArn = '', AlarmDescription = '', ActionsEnabled, AlarmActions = [], OKActions = [] } = alarm;
    const shown = dashboards.filter((body) => body.includes(AlarmArn));
    const watched = `${alarm.Namespace} ${alarm.MetricName} >= ${alarm.Threshold}`;
    const badDays = `${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods} days`;
    return {
      wrong: [
        ...(ActionsEnabled ? [] : ['the alarm tells nobody']),
        ...differencesOf('the alarm', AlarmActions, [topic]),
        ...differencesOf('its end', OKActions, [topic]),
        ...(alarm.TreatMissingData === 'breaching' ? [] : [`no value counts as ${alarm.TreatMissingData}`]),
        ...(badDays === '1 of 2 days' ? [] : [`it goes off after ${badDays}`]),
        ...(AlarmDescription.startsWith(INACTIVE_BUDGET_TAGS) ? [] : ['it does not say what it means']),
        ...(AlarmDescription.includes('payer') ? [] : ['it does not say what the payer account has to do']),
        ...(shown.length > 0 ? [] : ['no dashboard shows it']),
      ],
      evidence: `${watched}, ${badDays}, no value counts; on ${shown.length} dashboard; ${alarm.StateValue}`,
    };
  },
};

async function alarmOf(deployed: DeployedStage): Promise<MetricAlarm | undefined> {
  const alarms = await resourcesOf(deployed, 'AWS::CloudWatch::Alarm');
  const found = alarms.find(({ logicalId }) => logicalId.startsWith('InactiveBudgetTags'));
  if (!found) return undefined;
  const { MetricAlarms } = await deployed.aws.cloudWatch.describeAlarms({ AlarmNames: [found.physicalId] });
  return MetricAlarms?.[0];
}
