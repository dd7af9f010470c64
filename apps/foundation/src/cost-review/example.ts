import { UNTAGGED } from '@user-metrics/cost/cost-explorer';
import type { ReviewInput } from './input';

const SERVICES: readonly (readonly [service: string, component: string, ...months: number[]])[] = [
  ['Amazon Elastic Container Service', 'Umami', 14.2, 14.71, 14.71],
  ['Amazon Elastic Container Service', 'OpenReplay', 41.9, 43.4, 58.12],
  ['Amazon Elastic Load Balancing', 'Infrastructure', 17.1, 17.67, 17.67],
  ['EC2 - Other', 'Infrastructure', 33.4, 34.6, 35.05],
  ['Amazon Virtual Private Cloud', 'Infrastructure', 7.06, 7.3, 7.3],
  ['Amazon Simple Storage Service', 'OpenReplay', 0.64, 1.31, 1.52],
  ['AWS Secrets Manager', 'Umami', 0.4, 0.4, 0.4],
  ['AmazonCloudWatch', UNTAGGED, 0.31, 0.33, 0.36],
];

const MONTHS = ['2026-08', '2026-09', '2026-10'];

/** A made-up month, from which the documentation has its figures. */
export const EXAMPLE: ReviewInput = {
  account: '111122223333',
  project: 'UserMetrics',
  month: '2026-10',
  today: '2026-11-03',
  limit: 150,
  lowerMark: 100,
  includeCreditsAndRefunds: false,
  currency: 'USD',
  ofProject: SERVICES.flatMap(([service, component, ...amounts]) =>
    amounts.map((amount, index) => ({ month: MONTHS[index] ?? '', service, component, amount })),
  ),
  byProject: [
    { project: 'UserMetrics', amount: 135.13 },
    { project: 'Shop', amount: 812.4 },
    { project: UNTAGGED, amount: 287.93 },
  ],
  byRecordType: [
    { recordType: 'Usage', amount: 1_187.46 },
    { recordType: 'Tax', amount: 98 },
    { recordType: 'Credit', amount: -50 },
  ],
  untaggedServices: [
    { service: 'Amazon Relational Database Service', amount: 214.3 },
    { service: 'Tax', amount: 98 },
    { service: 'AmazonCloudWatch', amount: 24.98 },
    { service: 'AWS Cost Explorer', amount: 0.65 },
  ],
  estimate: 123.56,
  storage: [{ bucket: 'recordings-dev', before: 18_200_000_000, after: 21_900_000_000 }],
  tags: { resources: 61, incomplete: 0 },
  budgetTags: [],
  unread: [],
};
