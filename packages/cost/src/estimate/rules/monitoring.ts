import type { Rules } from '../resource';

/** Alerts of a month, test alerts included. */
const ALERTS = 100;

/** A metric that is not AWS's own. */
const CUSTOM_METRIC = { price: 'metric', quantity: 1, outsideTheTag: true } as const;

/** What watching costs. */
export const MONITORING_RULES: Rules = {
  'AWS::CloudWatch::Alarm': ({ Metrics, Namespace }) => {
    const watched = (Metrics ?? [{ MetricStat: {} }]) as { readonly MetricStat?: unknown }[];
    const quantity = watched.filter(({ MetricStat }) => MetricStat !== undefined).length;
    const isOwn = typeof Namespace === 'string' && !Namespace.startsWith('AWS/');
    return [
      { price: 'alarm.metric', quantity, assumption: 'each metric that it watches' },
      ...(isOwn ? [{ ...CUSTOM_METRIC, assumption: `custom metric of ${Namespace}` }] : []),
    ];
  },
  'AWS::CloudWatch::Dashboard': () => [
    { price: 'dashboard', quantity: 1, assumption: 'three of an account are free, if it has no others' },
  ],
  'AWS::Logs::MetricFilter': () => [{ ...CUSTOM_METRIC, assumption: 'one custom metric' }],
  'AWS::Logs::LogGroup': (_, { logGigabytes }) => [
    { price: 'logs.ingest.gb', quantity: logGigabytes, assumption: 'a function that says little' },
    { price: 'logs.stored.gb', quantity: logGigabytes, assumption: 'one month of it' },
  ],
  'AWS::SNS::Topic': () => [{ price: 'sns.publish', quantity: ALERTS, assumption: 'alerts and test alerts' }],
  'AWS::SNS::Subscription': ({ Protocol }) =>
    Protocol === 'email' ? [{ price: 'sns.email', quantity: ALERTS, assumption: 'alerts and test alerts' }] : undefined,
};
