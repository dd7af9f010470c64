import type { CostFilter } from './cost-explorer';

/** Graphs have a display for each metric, by its name (Cost Management API, GraphDisplayConfig). */
const METRIC = 'UnblendedCost';

/** Yesterday: today has no cost yet, and every relative time in AWS's documentation is a duration back, such as `-P3M`. */
const END = '-P1D';

interface Report {
  /** Letters, digits, `-`, `_` and single spaces, 2 to 50. */
  readonly title: string;
  readonly description: string;
  /** Of six columns. */
  readonly width: number;
  readonly granularity: 'DAILY' | 'MONTHLY';
  /** An ISO 8601 duration, back from now. */
  readonly from: string;
  readonly groupBy: { readonly Type: 'DIMENSION' | 'TAG'; readonly Key: string };
  readonly display: 'STACK' | 'BAR' | 'table';
}

const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const;

const REPORTS: readonly Report[] = [
  {
    title: 'Daily cost by service',
    description: 'The last 30 days',
    width: 6,
    granularity: 'DAILY',
    from: '-P30D',
    groupBy: SERVICE,
    display: 'STACK',
  },
  {
    title: 'Monthly cost by component',
    description: 'By the tag Component',
    width: 3,
    granularity: 'MONTHLY',
    from: '-P6M',
    groupBy: { Type: 'TAG', Key: 'Component' },
    display: 'STACK',
  },
  {
    title: 'Monthly cost by environment',
    description: 'By the tag Environment',
    width: 3,
    granularity: 'MONTHLY',
    from: '-P6M',
    groupBy: { Type: 'TAG', Key: 'Environment' },
    display: 'BAR',
  },
  {
    title: 'Month over month by service',
    description: 'The last three months',
    width: 6,
    granularity: 'MONTHLY',
    from: '-P3M',
    groupBy: SERVICE,
    display: 'table',
  },
];

/** Widgets of a dashboard of Billing and Cost Management, as CloudFormation takes them. */
export function reportWidgets(Filter: CostFilter): object[] {
  return REPORTS.map(({ title, description, width, granularity, from, groupBy, display }) => ({
    Title: title,
    Description: description,
    Width: width,
    Height: 7,
    Configs: [
      {
        QueryParameters: {
          CostAndUsage: {
            Metrics: [METRIC],
            Granularity: granularity,
            GroupBy: [groupBy],
            Filter,
            TimeRange: {
              StartTime: { Type: 'RELATIVE', Value: from },
              EndTime: { Type: 'RELATIVE', Value: END },
            },
          },
        },
        DisplayConfig: display === 'table' ? { Table: {} } : { Graph: { [METRIC]: { VisualType: display } } },
      },
    ],
  }));
}
