import type { DeployedStage } from './deployed-stage';
import { resourcesOf } from './stack-resources';

/** A metric that a dashboard names. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: { readonly [name: string]: string };
}

/** Bodies of the dashboards of the foundation, JSON each. */
export async function dashboardBodies(deployed: DeployedStage): Promise<string[]> {
  const dashboards = await resourcesOf(deployed, 'AWS::CloudWatch::Dashboard');
  const bodies = dashboards.map(({ physicalId: DashboardName }) =>
    deployed.aws.cloudWatch.getDashboard({ DashboardName }),
  );
  return (await Promise.all(bodies)).map(({ DashboardBody = '{}' }) => DashboardBody);
}

/** Metrics that the widgets of a dashboard name; an expression only refers to others. */
export function metricsIn(dashboardBody: string): Metric[] {
  const { widgets = [] }: DashboardBody = JSON.parse(dashboardBody);
  return widgets.flatMap(({ properties }) => {
    let before: readonly unknown[] = [];
    return (properties.metrics ?? [])
      .filter(([namespace]) => typeof namespace === 'string')
      .map((metric) => {
        // `.` repeats the part of the metric before.
        before = metric.map((part, index) => (part === '.' ? before[index] : part));
        const [namespace, name, ...dimensions] = before.filter((part) => typeof part === 'string');
        return { namespace: String(namespace), name: String(name), dimensions: pairs(dimensions) };
      });
  });
}

interface DashboardBody {
  readonly widgets?: readonly { readonly properties: { readonly metrics?: readonly (readonly unknown[])[] } }[];
}

function pairs(items: readonly string[]): { [name: string]: string } {
  const count = Math.floor(items.length / 2);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [items[2 * index] ?? '', items[2 * index + 1] ?? '']),
  );
}
