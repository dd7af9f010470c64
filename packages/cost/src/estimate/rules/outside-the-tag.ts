import type { Item, Rule, Rules } from '../resource';
import { DAYS, HOURS } from '../usage';

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
}

/** What the bill shows without our tags: calls and metrics that a policy allows, and what Umami keeps awake. */
const permissions: Rule = (properties, { customMetrics }) => {
  // What a dashboard of Billing and Cost Management reads is no request to the API of Cost Explorer.
  if (JSON.stringify(properties['AssumeRolePolicyDocument'] ?? '').includes('bcm-dashboards.')) return [];
  const actions = actionsOf(properties);
  const calls = actions.filter((action) => action.startsWith('ce:'));
  const items: Item[] = [];
  if (calls.length > 0) {
    items.push({
      price: 'ce.call',
      quantity: calls.length * DAYS,
      assumption: `${calls.join(', ')}: one page a day each`,
      outsideTheTag: true,
    });
  }
  if (actions.includes('cloudwatch:PutMetricData')) {
    items.push({
      price: 'metric',
      quantity: customMetrics,
      assumption: 'custom metrics of the account',
      outsideTheTag: true,
    });
  }
  return items;
};

/** What the budget does not see, because AWS bills it without a tag or to another resource. */
export const OUTSIDE_RULES: Rules = {
  'AWS::IAM::Policy': permissions,
  'AWS::IAM::ManagedPolicy': permissions,
  'AWS::IAM::Role': permissions,
  'Custom::UmamiDatabase': () => [
    {
      price: 'aurora.acu',
      quantity: 0.5 * HOURS,
      assumption: "Umami's heartbeats keep the cluster awake at 0.5 ACU",
      outsideTheTag: true,
      onlyIf: 'the cluster is Aurora Serverless v2, may scale to 0 ACU, and is idle otherwise',
    },
  ],
};

function actionsOf({ PolicyDocument, Policies }: { readonly [name: string]: unknown }): string[] {
  const documents = [
    PolicyDocument,
    ...((Policies ?? []) as { PolicyDocument: unknown }[]).map((policy) => policy.PolicyDocument),
  ];
  const statements = documents.flatMap(
    (document) => (document as { Statement?: Statement[] } | undefined)?.Statement ?? [],
  );
  const actions = statements.flatMap(({ Effect, Action = [] }) => (Effect === 'Allow' ? Action : []));
  return [...new Set(actions)];
}
