import type { Account } from '../account';
import { ourResources } from '../stack-resources';
import type { AccountCheck } from './account-check';

/** Metrics that AWS services publish, by namespace, as far as our dashboards show them. */
const PUBLISHED: { readonly [namespace: string]: readonly string[] } = {
  'AWS/Billing': ['EstimatedCharges'],
};

/** `1.4.AC3`: the dashboards, and every metric that they name. */
export const dashboards: AccountCheck = {
  id: '1.4.AC3',
  async look(account) {
    const names = (await ourResources(account)).filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
    const metrics: Metric[] = [];
    for (const { physicalId } of names) metrics.push(...(await metricsOf(account, physicalId)));
    const unknown = metrics.filter(({ namespace, name }) => !PUBLISHED[namespace]?.includes(name));
    const services = new Set(metrics.map(({ service }) => service).filter((service) => service !== undefined));
    return {
      wrong: [
        ...(names.length > 0 ? [] : ['there is no dashboard']),
        ...(services.size > 0 ? [] : ['no dashboard shows the cost of a service']),
        ...unknown.map(({ namespace, name }) => `nobody publishes ${namespace} ${name}`),
      ],
      evidence: `${names.length} dashboard, ${metrics.length} metrics, ${services.size} services`,
    };
  },
};

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly service?: string;
}

/** Metrics that the widgets of a dashboard name; an expression only refers to others. */
async function metricsOf({ aws }: Account, DashboardName: string): Promise<Metric[]> {
  const { DashboardBody = '{}' } = await aws.cloudWatch.getDashboard({ DashboardName });
  const { widgets = [] } = JSON.parse(DashboardBody) as {
    widgets?: { properties: { metrics?: readonly (readonly unknown[])[] } }[];
  };
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => typeof namespace === 'string')
    .map(([namespace, name, ...dimensions]) => {
      const at = dimensions.indexOf('ServiceName');
      return {
        namespace: String(namespace),
        name: String(name),
        ...(at < 0 ? {} : { service: String(dimensions[at + 1]) }),
      };
    });
}
