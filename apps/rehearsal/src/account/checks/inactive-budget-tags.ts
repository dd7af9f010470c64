import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import type { Account } from '../account';
import { ourResources, physicalIdOf } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';

/** `work.inactive-budget-tags`: the alarm that is on until the tags of the budget are known to be active, whom it tells, and where it is seen. */
export const inactiveBudgetTags: AccountCheck = {
  id: 'work.inactive-budget-tags',
  async look(account) {
    const topic = await physicalIdOf(account, 'AWS::SNS::Topic');
    const alarm = await inactiveBudgetTagsAlarm(account);
    if (!alarm) return { wrong: ['there is no such alarm'], evidence: '' };
    const { AlarmArn = '', AlarmDescription = '', ActionsEnabled, AlarmActions = [], OKActions = [] } = alarm;
    const shown = (await costDashboards(account)).filter((body) => body.includes(AlarmArn));
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

async function inactiveBudgetTagsAlarm(account: Account) {
  const ours = (await ourResources(account)).filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  const found = ours.find(({ logicalId }) => logicalId.startsWith('InactiveBudgetTags'));
  if (!found) return undefined;
  const { MetricAlarms } = await account.aws.cloudWatch.describeAlarms({ AlarmNames: [found.physicalId] });
  return MetricAlarms?.[0];
}

async function costDashboards(account: Account): Promise<string[]> {
  const dashboards = (await ourResources(account)).filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
  const bodies = dashboards.map(({ physicalId: DashboardName }) =>
    account.aws.cloudWatch.getDashboard({ DashboardName }),
  );
  return (await Promise.all(bodies)).map(({ DashboardBody = '' }) => DashboardBody);
}
