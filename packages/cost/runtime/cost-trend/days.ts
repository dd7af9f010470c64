import { type DayLine, fieldOf, OTHER, UNTAGGED } from '../../src/cost-explorer';
import type { Cost } from './ask';
import type { Settings } from './settings';

const DAY = 86_400_000;

/** Days of a month that Cost Explorer may still change after its end, and days that are read again in any case. */
const DAYS_THAT_CHANGE = 14;

/** Days whose mean the forecast takes for the days to come. */
const DAYS_OF_FORECAST = 7;

/** What is read: whole months, so that the month to date of each day is known. */
export function periodOf(now: number): { readonly from: string; readonly to: string } {
  return { from: firstOfMonth(dayOf(now - DAYS_THAT_CHANGE * DAY)), to: dayOf(now) };
}

/** The lines of the days of a period up to the newest day that has a cost; those after it are not known yet. */
export function dayLines(costs: readonly Cost[], settings: Settings, from: string): DayLine[] {
  const newest = newestDay(costs);
  if (newest === undefined) return [];
  const totals = new Map<string, number>();
  const lines: DayLine[] = [];
  for (let time = Date.parse(from); time <= Date.parse(newest); time += DAY) {
    const day = dayOf(time);
    const ofDay = costs.filter((cost) => cost.day === day);
    totals.set(day, sumOf(ofDay));
    const month = [...totals].filter(([other]) => firstOfMonth(other) === firstOfMonth(day)).map(([, usd]) => usd);
    const monthToDate = month.reduce((sum, usd) => sum + usd, 0);
    lines.push({
      kind: 'day',
      day,
      total: cents(sumOf(ofDay)),
      monthToDate: cents(monthToDate),
      forecast: cents(monthToDate + mean([...totals.values()].slice(-DAYS_OF_FORECAST)) * daysAfter(day)),
      budgetLimit: settings.limit,
      lowerMark: settings.lowerMark,
      service: byField(ofDay, 'service', settings.services),
      component: byField(ofDay, 'component', [...settings.components, UNTAGGED]),
    });
  }
  return lines;
}

/** The newest day that has a cost. Cost Explorer lists days that it does not know yet without any. */
export function newestDay(costs: readonly Cost[]): string | undefined {
  return costs
    .filter(({ usd }) => usd !== 0)
    .map(({ day }) => day)
    .sort()
    .at(-1);
}

/** The most expensive services of the month of a day, above one cent, the rest in one. */
export function servicesOfMonth(costs: readonly Cost[], day: string): string {
  const ofMonth = costs.filter((cost) => firstOfMonth(cost.day) === firstOfMonth(day));
  const services = [...new Set(ofMonth.map(({ service }) => service))]
    .map((service) => ({ service, usd: sumOf(ofMonth.filter((cost) => cost.service === service)) }))
    .sort((one, other) => other.usd - one.usd);
  const named = services.filter(({ usd }) => usd >= 0.01).slice(0, 10);
  const rest = sumOf(services.filter((each) => !named.includes(each)));
  return [...named, ...(cents(rest) === 0 ? [] : [{ service: OTHER, usd: rest }])]
    .map(({ service, usd }) => `${service} $${usd.toFixed(2)}`)
    .join(', ');
}

/** Whole days from the end of a day until now. */
export function daysSince(day: string, now: number): number {
  return Math.floor((now - Date.parse(day)) / DAY) - 1;
}

/** Every field is in every line, for a query takes the latest value that it finds of each. */
function byField(
  costs: readonly Cost[],
  key: 'service' | 'component',
  names: readonly string[],
): { [field: string]: number } {
  const fields = Object.fromEntries([...names, OTHER].map((name) => [fieldOf(name), 0]));
  for (const cost of costs) {
    const field = names.includes(cost[key]) ? fieldOf(cost[key]) : OTHER;
    fields[field] = (fields[field] ?? 0) + cost.usd;
  }
  return Object.fromEntries(Object.entries(fields).map(([field, usd]) => [field, cents(usd)]));
}

function sumOf(costs: readonly { readonly usd: number }[]): number {
  return costs.reduce((sum, { usd }) => sum + usd, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

/** Amounts have ten digits after the point; what is shown has four, and no `-0`. */
function cents(usd: number): number {
  return Math.round(usd * 10_000) / 10_000 + 0;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** Days of the month after a day. */
function daysAfter(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() - date;
}
