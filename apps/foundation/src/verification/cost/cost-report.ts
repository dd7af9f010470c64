import { costOf } from '../../account/deployed-stage';
import { inCostRegion, physicalIdOf } from '../../account/stack-resources';
import type { Criterion } from '../criterion';

type Properties = { readonly [name: string]: unknown };

export interface ObservedReport {
  /** Properties of the resource group, as Cloud Control tells them. @default - there is none */
  readonly group?: Properties | undefined;
  /** Properties of the dashboard of Billing and Cost Management. @default - there is none */
  readonly dashboard?: Properties | undefined;
}

/** What the reports of the dashboard are grouped by. */
const REPORTS = ['DAILY SERVICE', 'MONTHLY Component', 'MONTHLY Environment', 'MONTHLY SERVICE'];

/** `1.4.AC5`: the resource group by the tag Project, and the reports of Cost Explorer about it. */
export const costReport: Criterion<ObservedReport> = {
  id: '1.4.AC5',
  async observe(stage) {
    const deployed = inCostRegion(stage);
    const read = async (TypeName: string) => {
      const Identifier = await physicalIdOf(deployed, TypeName);
      if (!Identifier) return undefined;
      const { ResourceDescription } = await deployed.aws.cloudControl.getResource({ TypeName, Identifier });
      return JSON.parse(ResourceDescription?.Properties ?? '{}');
    };
    return { group: await read('AWS::ResourceGroups::Group'), dashboard: await read('AWS::BCM::Dashboard') };
  },
  evaluate({ group, dashboard }, expected) {
    const { reports, explorerReport } = costOf(expected);
    if (!reports || !explorerReport)
      return {
        applies: false,
        wrong: group || dashboard ? ['a report is deployed that the configuration does not ask for'] : [],
        evidence: 'switched off in the configuration',
      };
    const { project } = expected.config.foundation.tags;
    const queries = queriesOf(dashboard);
    const found = queries.map(({ Granularity, GroupBy: [by] = [] }) => `${Granularity} ${by?.Key}`);
    const ofOthers = queries.filter(({ Filter }) => !JSON.stringify(Filter ?? '').includes(`["${project}"]`));
    return {
      wrong: [
        ...(queryOf(group) === `Project=${project}` ? [] : [`the resource group holds ${queryOf(group)}`]),
        ...REPORTS.filter((report) => !found.includes(report)).map((report) => `the dashboard has no report ${report}`),
        ...ofOthers.map(({ Granularity }) => `a report (${Granularity}) is not filtered by Project=${project}`),
      ],
      evidence: `resource group by ${queryOf(group)}; ${found.length} reports: ${found.join(', ')}`,
    };
  },
};

interface CostQuery {
  readonly Granularity?: string;
  readonly GroupBy?: readonly { readonly Key?: string }[];
  readonly Filter?: unknown;
}

function queriesOf(dashboard: Properties | undefined): CostQuery[] {
  type Widget = { readonly Configs?: { readonly QueryParameters?: { readonly CostAndUsage?: CostQuery } }[] };
  const widgets = (dashboard?.['Widgets'] ?? []) as Widget[];
  return widgets.flatMap(({ Configs = [] }) =>
    Configs.flatMap(({ QueryParameters }) => QueryParameters?.CostAndUsage ?? []),
  );
}

function queryOf(group: Properties | undefined): string {
  type Query = { readonly TagFilters?: { readonly Key: string; readonly Values: string[] }[] };
  const { Query: query } = (group?.['ResourceQuery'] ?? {}) as { Query?: Query };
  return query?.TagFilters?.map(({ Key, Values }) => `${Key}=${Values}`).join() ?? 'nothing';
}
