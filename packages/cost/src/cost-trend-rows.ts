import { AlarmStatusWidget, type IWidget, LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { fieldOf, OTHER, UNTAGGED } from './cost-explorer';
import type { CostTrend } from './cost-trend';

/** Fields of the chart of a month, in the order of its legend. */
const OF_MONTH = ['monthToDate', 'forecast', 'lowerMark', 'budgetLimit'] as const;

/** Widgets of the cost of a project: whether there are figures, the cost by day and service, the month, and by component. */
export function trendRows(trend: CostTrend): IWidget[][] {
  const { logGroupName, services, components } = trend;
  const byDay = (title: string, view: LogQueryVisualizationType, width: number, columns: readonly string[]) =>
    new LogQueryWidget({
      title,
      width,
      height: 9,
      logGroupNames: [logGroupName],
      view,
      queryLines: [
        "filter kind = 'day'",
        // The latest event of a day is the one of the latest run, which holds all corrections.
        `stats ${columns.map((column) => `latest(${column}) as ${column.split('.').at(-1)}`).join(', ')} by bin(1d)`,
      ],
    });
  const fieldsOf = (key: string, names: readonly string[]) =>
    [...names, OTHER].map((name) => `${key}.${fieldOf(name)}`);
  const { STACKEDAREA, LINE, TABLE } = LogQueryVisualizationType;
  return [
    [
      new AlarmStatusWidget({
        title: 'In alarm when no figure came for two days',
        width: 6,
        height: 4,
        alarms: [trend.alarm],
      }),
      new LogQueryWidget({
        title: 'Cost of the project: the newest figures, or why there are none',
        width: 18,
        height: 4,
        logGroupNames: [logGroupName],
        view: TABLE,
        queryLines: [
          "filter kind = 'state'",
          'sort @timestamp desc',
          'limit 1',
          'display checkedAt, newestDay, monthToDate, forecast, sentence, services',
        ],
      }),
    ],
    [byDay('Cost of the project a day by service (USD, UTC days)', STACKEDAREA, 24, fieldsOf('service', services))],
    [
      byDay('The month to the end of each day, and its forecast (USD)', LINE, 12, OF_MONTH),
      byDay(
        'Cost of the project a day by component (USD)',
        STACKEDAREA,
        12,
        fieldsOf('component', [...components, UNTAGGED]),
      ),
    ],
  ];
}
