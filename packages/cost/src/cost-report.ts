import { applyComponentTags, hasComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, optional, type Rules, text } from '@user-metrics/tagging/props';
import { componentTags, tagValueProblem } from '@user-metrics/tagging/schema';
import { CfnGroup } from 'aws-cdk-lib/aws-resourcegroups';
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CostError } from './cost-error';
import { costFilter } from './cost-explorer';
import { ScheduledReport } from './cost-report-schedule';
import { reportWidgets } from './cost-report-widgets';

/** Longest name of a dashboard of Billing and Cost Management. */
const LONGEST_NAME = 50;

/** Longest name of a resource group. */
const LONGEST_GROUP_NAME = 128;

/** Props of {@link CostReport}. */
export interface CostReportProps {
  /** Value of the tag `Project` that the report is about. */
  readonly project: string;
  /**
   * Whether credits and refunds lower the cost, as for `CostBudget`.
   *
   * @default false
   */
  readonly includeCreditsAndRefunds?: boolean;
  /**
   * When AWS makes a PDF of the dashboard, as a cron expression of six fields in UTC, e.g. `cron(0 7 2 * ? *)` for the second day of
   * each month. Who gets a message with the link is said in the console: the type has no property for it.
   *
   * @default - never
   */
  readonly schedule?: string | undefined;
}

const RULES: Rules<CostReportProps> = {
  project: text(
    'a value of the tag `Project`',
    'Give the one that the resources have.',
    (value) => tagValueProblem(value) === undefined,
  ),
  includeCreditsAndRefunds: optional(FLAG),
  schedule: optional(
    text('a cron expression of six fields', 'Give for example cron(0 7 2 * ? *).', /^cron\(\S+( \S+){5}\)$/),
  ),
};

/**
 * The resource group of everything that has the tag `Project` in this Region, and a dashboard of Billing and Cost Management about
 * its cost: by day and service, by month and component, by month and environment, and month over month. Cost Explorer's saved reports have
 * no API; such a dashboard holds reports of Cost Explorer, and can be deployed.
 *
 * @example
 * new CostReport(stack, 'CostReport', { project: 'UserMetrics' });
 */
export class CostReport extends Construct {
  /** Name of the resource group. */
  readonly resourceGroupName: string;
  /** ARN of the dashboard. */
  readonly dashboardArn: string;
  /** Page of the console that lists the dashboard. */
  readonly consoleUrl = 'https://console.aws.amazon.com/costmanagement/home#/dashboards';

  /** @throws CostError for a value that no tag has, and for a schedule that is no cron expression */
  constructor(scope: Construct, id: string, props: CostReportProps) {
    super(scope, id);
    checkProps(props, RULES, CostError);
    const { project } = props;
    const name = Token.isUnresolved(project) ? 'the project' : project;
    const group = new CfnGroup(this, 'Group', {
      name: named(`Project-${name}-${Stack.of(this).stackName}`, /[^A-Za-z0-9_.-]+/g, '-', LONGEST_GROUP_NAME),
      description: 'Everything in this Region that has the tag Project of the observability stack',
      resourceQuery: {
        type: 'TAG_FILTERS_1_0',
        query: {
          resourceTypeFilters: ['AWS::AllSupported'],
          tagFilters: [{ key: 'Project', values: [project] }],
        },
      },
    });
    // CDK reaches typed resources alone.
    const tags = hasComponentTags(this)
      ? Object.entries({ ...componentTags('metrics'), Function: 'Visualization' })
          .filter(([key]) => key !== 'DataType')
          .map(([Key, Value]) => ({ Key, Value }))
      : undefined;
    const dashboardName = named(`Cost of ${name}`, /[^A-Za-z0-9_-]+/g, ' ', LONGEST_NAME);
    // The typed resource is newer than the oldest release of the CDK that this package works with.
    const dashboard = new CfnResource(this, 'Dashboard', {
      type: 'AWS::BCM::Dashboard',
      properties: {
        Name: dashboardName,
        Description: 'Cost of the resources that have the tag Project, as Cost Explorer knows it',
        Widgets: reportWidgets(costFilter(props)),
        Tags: tags,
      },
    });
    const { schedule } = props;
    if (schedule !== undefined)
      new ScheduledReport(this, 'Schedule', { dashboardArn: dashboard.ref, name: dashboardName, schedule, tags });
    applyComponentTags(this, 'metrics', { Function: 'Visualization' });
    this.resourceGroupName = group.ref;
    this.dashboardArn = dashboard.ref;
  }
}

/** A name in which what the service refuses is one separator, also two spaces in a row. */
function named(name: string, refused: RegExp, separator: string, longest: number): string {
  return name.replace(refused, separator).slice(0, longest).trim();
}
