import type { Report, Unchecked } from './expectations';
import { isRegion } from './identifiers';
import { partitionOf } from './partition';

/**
 * Regions in which CloudFormation has `AWS::Budgets::Budget`: the data of CloudFormation Validate 1.14.0, which aws-cdk-lib
 * checks templates with, read on 2026-11-26. Reading it takes three seconds, so it is copied; a test compares.
 */
export const BUDGET_REGIONS: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'me-south-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Regions of the partition aws in which CloudFormation has no `AWS::BCM::Dashboard`, by the same data. */
export const REGIONS_WITHOUT_REPORT: readonly string[] = ['me-central-1'];

/** Regions in which CloudFormation has `AWS::BCM::ScheduledReport`, by the same data of 2026-11-27. */
export const SCHEDULED_REPORT_REGIONS: readonly string[] = [
  'ap-south-1',
  'eu-central-1',
  'me-south-1',
  'us-east-1',
  'us-west-2',
];

/** Where the account's cost stacks are: in the account's Region where budgets exist, else in us-east-1. */
export function costRegionOf(region: string, cost: { readonly region?: string; readonly budget: boolean }): string {
  if (cost.region !== undefined) return cost.region;
  return cost.budget && !BUDGET_REGIONS.includes(region) ? 'us-east-1' : region;
}

type UncheckedAccount = Unchecked<{
  region: string;
  cost: {
    region?: string;
    budget: boolean;
    reports: boolean;
    explorerReport: boolean;
    explorerReportSchedule?: string;
    anomalies?: object;
  };
}>;

/** Budgets in USD and the billing metrics of us-east-1 are those of the partition `aws`, and not in every Region of it. */
export function requireCostRegion({ region, cost }: UncheckedAccount, report: Report): void {
  if (!isRegion(region) || typeof cost !== 'object') return;
  const partition = partitionOf(region);
  if (partition !== 'aws' && (cost.budget !== false || cost.reports !== false)) {
    report(
      ['cost'],
      `budget: ${cost.budget}, reports: ${cost.reports}`,
      `must have budget: false and reports: false in ${region}: budgets in USD, cost allocation tags and billing metrics are used as they are in the partition aws, and this is ${partition}`,
      'Give cost: { budget: false, reports: false, … }. The alerts of the stages stay, and so does everything else',
    );
    return;
  }
  const costRegion = cost.region ?? costRegionOf(region, { budget: cost.budget !== false });
  if (cost.reports !== false && cost.explorerReport !== false && REGIONS_WITHOUT_REPORT.includes(String(costRegion)))
    report(
      ['cost', 'explorerReport'],
      cost.explorerReport,
      `must be false in ${costRegion}, where CloudFormation has no AWS::BCM::Dashboard`,
      "Give explorerReport: false, or another cost.region, such as 'us-east-1'",
    );
  requireWholeReports(cost, String(costRegion), report);
  if (!isRegion(cost.region)) return;
  if (partitionOf(cost.region) !== partition) {
    report(
      ['cost', 'region'],
      cost.region,
      `must be a Region of the partition ${partition}, as ${region} is`,
      'Leave it out for the usual Region',
    );
  } else if (cost.budget === true && !BUDGET_REGIONS.includes(cost.region)) {
    report(
      ['cost', 'region'],
      cost.region,
      `must be a Region in which CloudFormation has AWS::Budgets::Budget: ${BUDGET_REGIONS.join(', ')}`,
      "Leave it out for the account's Region, or us-east-1 where that has no budgets",
    );
  }
}

/** What is asked for on top needs the stacks that it belongs to. */
function requireWholeReports(cost: UncheckedAccount['cost'], region: string, report: Report): void {
  const { budget, reports, explorerReport, explorerReportSchedule: schedule, anomalies } = cost ?? {};
  if (schedule !== undefined && (reports === false || explorerReport === false))
    report(
      ['cost', 'explorerReportSchedule'],
      schedule,
      'must be left out with reports: false or explorerReport: false, which leave out the dashboard that it is of',
      'Remove it, or what leaves out the dashboard',
    );
  else if (schedule !== undefined && !SCHEDULED_REPORT_REGIONS.includes(region))
    report(
      ['cost', 'explorerReportSchedule'],
      schedule,
      `must be left out in ${region}, where CloudFormation has no AWS::BCM::ScheduledReport`,
      `Remove it, or give a cost.region of ${SCHEDULED_REPORT_REGIONS.join(', ')}`,
    );
  if (anomalies !== undefined && (reports === false || budget === false))
    report(
      ['cost', 'anomalies'],
      anomalies,
      'must be left out with reports: false or budget: false: the monitor is in the stack of the reports, and tells the topic of the budget',
      'Remove it, or what leaves out the stack',
    );
}
