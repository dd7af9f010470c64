import { amount, type BaselineIdentity, type ComparedFigure, summaryOf } from '@user-metrics/umami-db/verification';
import type { Criterion } from '../criterion';
import { baselinesOf, NO_BASELINE, type ObservedBaselines } from './baselines';

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

/** `1.2.IV3`: no figure of the database or its cluster that is not Umami's own became worse. */
export const degradation: Criterion<ObservedBaselines> = {
  id: '1.2.IV3',
  observe: baselinesOf,
  evaluate({ before, comparison, hasHours = false, isEmulated = false }) {
    if (!before || !comparison) return { wrong: [], evidence: 'no baseline', unknown: NO_BASELINE };
    const { refused, figures } = comparison;
    if (refused.length > 0)
      return { wrong: [], evidence: 'not compared', unknown: `nothing can be compared: ${refused.join(' ')}` };
    const isSameHour = isSameHourOfTheWeek(comparison.before, comparison.after);
    const counted = figures.filter(
      ({ group, of }) => of !== 'umami' && (group === 'cloudwatch' || (isSameHour && isAlone(group, isEmulated))),
    );
    const evidence = [
      summaryOf({ refused, figures: counted }),
      ...(isSameHour ? [] : ["PostgreSQL's own figures are of another hour of the week, and are not evaluated."]),
      ...(isEmulated ? ['Rates, waits and latency depend on what else this machine does, and are not evaluated.'] : []),
    ].join(' ');
    const wrong = counted.filter(({ verdict }) => verdict === 'worse').map(worse);
    if (hasHours) return { wrong, evidence };
    return { wrong, evidence, waitsFor: 'the first whole hour of the metrics of CloudWatch since the first DDL' };
  },
};

function worse({ name, unit, medianBefore, medianAfter }: ComparedFigure): string {
  return `${name}: ${amount(medianBefore, unit)} before, ${amount(medianAfter, unit)} after`;
}

/** What an emulator and its server do at the same time changes these. */
function isAlone(group: ComparedFigure['group'], isEmulated: boolean): boolean {
  return !isEmulated || group === 'connections';
}

/** A quarter of an hour of the application at night says nothing of the day. */
function isSameHourOfTheWeek(one: BaselineIdentity, other: BaselineIdentity): boolean {
  const apart = Math.abs(Date.parse(one.capturedAt) - Date.parse(other.capturedAt)) % WEEK;
  return Math.min(apart, WEEK - apart) <= HOUR;
}
