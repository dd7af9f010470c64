import { paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { all } from '../../account/pages';
import { type Kind, listed, type Service } from '../kind';
import { orUnknown } from '../or-unknown';
import { hashOf } from '../value';

const alarms: Kind = {
  name: 'alarm',
  type: 'AWS::CloudWatch::Alarm',
  read: async ({ aws: { cloudWatch }, managed }) => {
    const pages = paginateDescribeAlarms(
      { client: cloudWatch, pageSize: 100 },
      { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    );
    const found = await all(pages, ({ MetricAlarms = [], CompositeAlarms = [] }) => [
      ...MetricAlarms,
      ...CompositeAlarms,
    ]);
    return found
      .filter(({ AlarmName }) => !managed.has('AWS::CloudWatch::CompositeAlarm', AlarmName))
      .map((alarm) => ({ id: String(alarm.AlarmName), properties: alarm }));
  },
};

const dashboards = listed({
  name: 'dashboard',
  type: 'AWS::CloudWatch::Dashboard',
  pages: ({ aws: { cloudWatch: client } }) => paginateListDashboards({ client }, {}),
  items: ({ DashboardEntries }) => DashboardEntries,
  id: ({ DashboardName }) => DashboardName,
  properties: async ({ DashboardName, DashboardArn }, { aws: { cloudWatch } }) => ({
    DashboardArn,
    body: await orUnknown(async () => hashOf((await cloudWatch.getDashboard({ DashboardName })).DashboardBody ?? '')),
  }),
});

export const monitoring: Service = { name: 'monitoring', kinds: [alarms, dashboards] };
