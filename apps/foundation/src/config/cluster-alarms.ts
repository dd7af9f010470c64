import { across, number, object, toggle } from './expectations';

const percent = number(
  'must be a percentage above 0, at most 100',
  'Leave it out for the default',
  (value) => value > 0 && value <= 100,
);

const positive = number('must be a number above 0', 'Leave it out for the default', (value) => value > 0);

/** Thresholds of the alarms on the existing cluster. */
export const clusterAlarms = across(
  object(
    {
      /** CPU of the writer in percent, above which the alarm goes off. @default 70 */
      cpuPercent: percent.optional(),
      /** Connections that the writer takes. @default - connections have no alarm */
      maxConnections: number(
        'must be a whole number, 1 or more',
        'Ask the database: SHOW max_connections',
        (value) => Number.isInteger(value) && value >= 1,
      ).optional(),
      /** Share of `maxConnections` in percent, above which the alarm goes off. @default 80 */
      connectionsPercent: percent.optional(),
      /** Whether the writer is of the class db.serverless. @default false */
      serverless: toggle('Leave it out for false').optional(),
      /** Share of the highest capacity of a Serverless writer in percent, above which the alarm goes off. @default 90 */
      capacityPercent: percent.optional(),
      /** Free local storage of the writer in GiB, below which the alarm goes off. @default 2 */
      freeLocalGibibytes: positive.optional(),
      /** Whether the cluster has readers, whose lag is watched then. @default false */
      readers: toggle('Leave it out for false').optional(),
      /** Lag of the slowest reader in milliseconds, above which the alarm goes off. @default 1000 */
      replicaLagMilliseconds: positive.optional(),
    },
    'must be thresholds of the alarms on the cluster',
    'Give {} for the defaults, or for example { maxConnections: 844 }',
  ),
  (given, report) => {
    const unused = {
      connectionsPercent: given.maxConnections === undefined && 'without maxConnections',
      capacityPercent: given.serverless !== true && 'without serverless: true',
      freeLocalGibibytes: given.serverless === true && 'with serverless: true',
      replicaLagMilliseconds: given.readers !== true && 'without readers: true',
    };
    for (const [name, reason] of Object.entries(unused)) {
      const value = given[name as keyof typeof unused];
      if (reason && value !== undefined)
        report([name], value, `must be left out ${reason}`, 'There is no such alarm then');
    }
  },
);
