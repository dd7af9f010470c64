import { type Estimate, type EstimateLine, sumOf, type TaskLine } from '@user-metrics/cost/estimate';
import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import { wrappedTable } from './terminal-table';

/** What an account costs with all its stages, and what it may. */
export interface AccountEstimate extends Estimate {
  readonly account: string;
  /** Stages that are priced. */
  readonly stages: readonly string[];
  /** USD a month of the account's budget. */
  readonly limit: number;
  /** Lower end of what is expected, in USD a month. */
  readonly lowerMark: number;
  readonly isOverLimit: boolean;
  /** What the tasks of Umami and OpenReplay would cost; no part of the total. */
  readonly tasks: readonly TaskLine[];
}

/** Lines below this come together in one, in USD a month. */
const WORTH_A_LINE = 0.005;

/** An estimate for reading: the result first, then what it is made of. */
export function estimateReport(estimate: AccountEstimate): string {
  const { account, stages, region, pricesOf, pricesReadOn, total, limit, lowerMark, unknown } = estimate;
  const mark = region === pricesOf ? '' : `: NOT those of ${region}, where AWS may be more expensive`;
  return [
    `Account ${account}, ${stages.length === 1 ? 'stage' : 'stages'} ${stages.join(', ')}: USD a month before deployment`,
    `Prices of ${pricesOf}, on demand, read on ${pricesReadOn}${mark}`,
    ...ofUsEast1(estimate),
    '',
    `Total $${total.toFixed(2)} of $${limit} a month: ${verdict(total, lowerMark, limit)}`,
    `The tasks of Umami and OpenReplay come on top: $${Math.max(limit - total, 0).toFixed(2)} is left for them.`,
    `${INACTIVE_BUDGET_TAGS}.`,
    '',
    tableOf(estimate.lines),
    '',
    ...tasksTable(estimate),
    'Outside the tag: what AWS bills and the budget does not see',
    tableOf(estimate.outsideTheTag),
    ...estimate.outsideTheTag.flatMap(({ onlyIf, usd }) => (onlyIf ? [`($${usd.toFixed(2)} only if ${onlyIf})`] : [])),
    ...(unknown.length > 0 ? ['', unknownTypes(estimate)] : []),
    '',
    freeTypes(estimate),
    '',
    sources(estimate),
  ].join('\n');
}

/** Prices that nobody can vouch for in the Region. */
function ofUsEast1({ pricesOfUsEast1, pricesOf }: AccountEstimate): string[] {
  if (pricesOfUsEast1.length === 0) return [];
  return [
    `Those of us-east-1 are taken for ${pricesOfUsEast1.join(', ')}: no two sources agree on what AWS charges in ${pricesOf}.`,
  ];
}

function verdict(total: number, lowerMark: number, limit: number): string {
  if (total > limit) return 'over the limit';
  return total > lowerMark ? `within $${lowerMark}–${limit}` : `below $${lowerMark}`;
}

/** What comes on top, which the stacks do not deploy. */
function tasksTable({ tasks, total, limit }: AccountEstimate): string[] {
  const usd = tasks.reduce((sum, line) => sum + line.usd, 0);
  const rows = tasks.map(({ what, price, unit, quantity, usdPerUnit, usd: ofLine, assumption }) => [
    `  ${what}`,
    price,
    `${rounded(quantity)} ${plural(unit)} × ${withoutExponent(usdPerUnit)}`,
    ofLine.toFixed(2),
    assumption,
  ]);
  return [
    '+ the tasks you will run: NOT part of the foundation, and not in the total',
    wrappedTable([HEAD, ...rows, ['', 'sum', '', usd.toFixed(2), '']], ['left', 'left', 'right', 'right', 'left']),
    `  With them about $${(total + usd).toFixed(2)} of $${limit} a month.`,
    '',
  ];
}

/** A part for each stack with its sum, in the order of the lines. */
function tableOf(lines: readonly EstimateLine[]): string {
  const stacks = [...new Set(lines.map(({ stack }) => stack))];
  const parts = stacks.flatMap((name) => partOf(name, together(lines.filter(({ stack }) => stack === name))));
  const sum = ['', 'sum', '', sumOf(lines).toFixed(2), ''];
  return wrappedTable([HEAD, ...parts, sum], ['left', 'left', 'right', 'right', 'left']);
}

const HEAD = ['what', 'price', 'units a month', 'USD', 'because'];

function partOf(stack: string, lines: readonly EstimateLine[]): string[][] {
  const small = lines.filter(({ usd }) => usd < WORTH_A_LINE);
  const [noun, below] = [small.length === 1 ? 'line' : 'lines', 'less than a cent each, or free up to there'];
  return [
    [stack, '', '', sumOf(lines).toFixed(2), ''],
    ...lines.filter(({ usd }) => usd >= WORTH_A_LINE).map(rowOf),
    ...(small.length > 0 ? [[`  ${small.length} more ${noun}`, '', '', sumOf(small).toFixed(2), below]] : []),
  ];
}

function rowOf({ type, price, unit, quantity, usd, usdPerUnit, assumption, onlyIf }: EstimateLine): string[] {
  const units = `${rounded(quantity)} ${quantity === 1 ? unit : plural(unit)} × ${withoutExponent(usdPerUnit)}`;
  const amount = onlyIf ? `(${usd.toFixed(2)})` : usd.toFixed(2);
  return [`  ${type.replace(/^AWS::/, '')}`, price, units, amount, assumption];
}

/** Resources of a kind that are billed alike make one line. */
function together(lines: readonly EstimateLine[]): EstimateLine[] {
  const merged = new Map<string, EstimateLine>();
  for (const line of lines) {
    const key = [line.type, line.price, line.assumption, line.onlyIf].join('|');
    const before = merged.get(key);
    const both = before && { ...before, quantity: before.quantity + line.quantity, usd: before.usd + line.usd };
    merged.set(key, both ?? line);
  }
  return [...merged.values()];
}

function rounded(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

/** `GB·month` is its own plural. */
function plural(unit: string): string {
  return /^[a-z-]+$/.test(unit) ? `${unit}s` : unit;
}

/** The smallest price is $0.0000004 a request. */
function withoutExponent(usd: number): string {
  return usd.toFixed(10).replace(/0+$/, '').replace(/\.$/, '');
}

function freeTypes({ free }: AccountEstimate): string {
  const byReason = new Map<string, string[]>();
  for (const { type, count, reason } of free) {
    const names = byReason.get(reason) ?? [];
    byReason.set(reason, [...names, `${count} ${type.replace(/^AWS::/, '')}`]);
  }
  const rows = [...byReason].map(([reason, names]) => [`  ${reason}:`, names.join(', ')]);
  return ['Free', wrappedTable(rows, ['left', 'left'])].join('\n');
}

function unknownTypes({ unknown }: AccountEstimate): string {
  const lines = unknown.map(({ type, stack, logicalId }) => `  ${type} (${stack}, ${logicalId})`);
  return ['Not priced: these may cost something, and are not in the total', ...lines].join('\n');
}

function sources({ lines, outsideTheTag }: AccountEstimate): string {
  const bySource = new Map<string, Set<string>>();
  for (const { price, source } of [...lines, ...outsideTheTag])
    bySource.set(source, (bySource.get(source) ?? new Set()).add(price));
  const rows = [...bySource].sort().map(([source, prices]) => [`  ${source}:`, [...prices].sort().join(', ')]);
  return ['Where the prices were read', wrappedTable(rows, ['left', 'left'])].join('\n');
}
