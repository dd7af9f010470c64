import type { EstimateLine } from '@user-metrics/cost/estimate';
import { sumOf } from '@user-metrics/cost/estimate';
import { BLIND_BUDGET } from '@user-metrics/tagging/cost-allocation';
import Table from 'cli-table3';
import type { AccountEstimate } from './estimate';

/** Lines below this come together in one, in USD a month. */
const WORTH_A_LINE = 0.005;

/** An estimate for reading. */
export function estimateReport(estimate: AccountEstimate): string {
  const { account, stages, region, pricesOf, pricesReadOn, total, limit, lowerMark, unknown } = estimate;
  const mark = region === pricesOf ? '' : `: NOT those of ${region}, where AWS may be dearer`;
  return [
    `Account ${account}, ${stages.length === 1 ? 'stage' : 'stages'} ${stages.join(', ')}: USD a month before deployment`,
    `Prices of ${pricesOf}, on demand, read on ${pricesReadOn}${mark}`,
    '',
    tableOf(estimate.lines),
    ...parts(estimate.lines),
    `Total $${total.toFixed(2)} of $${limit} a month: ${verdict(total, lowerMark, limit)}`,
    `The tasks of Umami and OpenReplay come on top: $${Math.max(limit - total, 0).toFixed(2)} is left for them.`,
    `${BLIND_BUDGET}.`,
    '',
    'Outside the tag: what AWS bills and the budget does not see',
    tableOf(estimate.outsideTheTag),
    ...estimate.outsideTheTag.flatMap(({ onlyIf, usd }) => (onlyIf ? [`  $${usd.toFixed(2)} only if ${onlyIf}`] : [])),
    '',
    freeTypes(estimate),
    ...(unknown.length > 0 ? ['', unknownTypes(estimate)] : []),
    '',
    sources(estimate),
  ].join('\n');
}

/** One line a stack, in the order of the table. */
function parts(lines: readonly EstimateLine[]): string[] {
  const stacks = [...new Set(lines.map(({ stack }) => stack))];
  const width = Math.max(...stacks.map(({ length }) => length));
  return stacks.map((name) => {
    const usd = sumOf(lines.filter(({ stack }) => stack === name));
    return `  ${name.padEnd(width)} $${usd.toFixed(2)}`;
  });
}

function verdict(total: number, lowerMark: number, limit: number): string {
  if (total > limit) return 'over the limit';
  return total > lowerMark ? `within $${lowerMark}–${limit}` : `below $${lowerMark}`;
}

function tableOf(lines: readonly EstimateLine[]): string {
  const table = new Table({
    head: ['stack', 'resource', 'what', 'units a month', 'USD', 'because'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  const shown = lines.filter(({ usd }) => usd >= WORTH_A_LINE);
  for (const { stack, type, price, unit, quantity, usd, usdPerUnit, assumption, onlyIf } of shown) {
    const amount = onlyIf ? `(${usd.toFixed(2)})` : usd.toFixed(2);
    table.push([
      stack,
      type.replace(/^AWS::/, ''),
      price,
      `${rounded(quantity)} ${unit} × ${withoutExponent(usdPerUnit)}`,
      amount,
      assumption,
    ]);
  }
  const small = lines.filter(({ usd }) => usd < WORTH_A_LINE);
  if (small.length > 0)
    table.push([
      '',
      `${small.length} more`,
      '',
      '',
      sumOf(small).toFixed(2),
      'less than a cent each, or free up to there',
    ]);
  table.push(['', 'sum', '', '', sumOf(lines).toFixed(2), '']);
  return table.toString();
}

function rounded(quantity: number): string {
  return Number(quantity.toPrecision(4)).toString();
}

/** The smallest price is $0.0000004 a request. */
function withoutExponent(usd: number): string {
  return usd.toFixed(10).replace(/0+$/, '').replace(/\.$/, '');
}

function freeTypes({ free }: AccountEstimate): string {
  const lines = free.map(({ type, count, reason }) => `  ${count} ${type}: ${reason}`);
  return ['Free', ...lines].join('\n');
}

function unknownTypes({ unknown }: AccountEstimate): string {
  const lines = unknown.map(({ type, stack, logicalId }) => `  ${type} (${stack}, ${logicalId})`);
  return ['Not priced: these may cost something, and are not in the total', ...lines].join('\n');
}

function sources({ lines, outsideTheTag }: AccountEstimate): string {
  const found = new Map([...lines, ...outsideTheTag].map(({ price, source }) => [price, source]));
  return ['Where the prices were read', ...[...found].sort().map(([price, source]) => `  ${price}: ${source}`)].join(
    '\n',
  );
}
