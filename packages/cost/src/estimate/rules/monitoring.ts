import type { Rules } from '../resource';

/** Alerts of a month, drills included. */
const ALERTS = 100;

/** What watching costs. */
export const MONITORING_RULES: Rules = {
  'AWS::CloudWatch::Alarm': ({ Metrics }) => {
    const watched = (Metrics ?? [{ MetricStat: {} }]) as { readonly MetricStat?: unknown }[];
    const quantity = watched.filter(({ MetricStat }) => MetricStat !== undefined).length;
    return [{ price: 'alarm.metric', quantity, assumption: 'each metric that it watches' }];
  },
  'AWS::CloudWatch::Dashboard': () => [
    { price: 'dashboard', quantity: 1, assumption: 'three of an account are free, if it has no others' },
  ],
  'AWS::Logs::MetricFilter': () => [
    { price: 'metric', quantity: 1, assumption: 'one custom metric', outsideTheTag: true },
  ],
  'AWS::Logs::LogGroup': (_, { logGigabytes }) => [
    { price: 'logs.ingest.gb', quantity: logGigabytes, assumption: 'a function that says little' },
    { price: 'logs.stored.gb', quantity: logGigabytes, assumption: 'one month of it' },
  ],
  'AWS::SNS::Topic': () => [{ price: 'sns.publish', quantity: ALERTS, assumption: 'alerts and drills' }],
  'AWS::SNS::Subscription': ({ Protocol }) =>
    Protocol === 'email' ? [{ price: 'sns.email', quantity: ALERTS, assumption: 'alerts and drills' }] : undefined,
};
