import { CostError } from '../cost-error';
import { FREE_TYPES } from './free-types';
import { withFreeUnits } from './free-units';
import { PRICE_TABLE, PRICED_REGIONS, type PriceId, type PriceTable, priceTableOf } from './price-table';
import type { BilledStack, Item, Rules } from './resource';
import { CONTAINER_RULES } from './rules/containers';
import { FUNCTION_RULES } from './rules/functions';
import { MONITORING_RULES } from './rules/monitoring';
import { NETWORK_RULES } from './rules/network';
import { OUTSIDE_RULES } from './rules/outside-the-tag';
import { STORAGE_RULES } from './rules/storage';
import { SMALL_SITE, type Usage } from './usage';

/** One thing that is billed for one resource. */
export interface EstimateLine {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly price: PriceId;
  readonly unit: string;
  /** Units a month. */
  readonly quantity: number;
  /** Why so many. */
  readonly assumption: string;
  /** USD for one unit. */
  readonly usdPerUnit: number;
  /** USD a month. */
  readonly usd: number;
  /** Where the price was read. */
  readonly source: string;
  /** What has to be so for it to be billed at all; it is not in the sum. */
  readonly onlyIf?: string;
}

/** What stacks cost a month, before they are deployed. */
export interface Estimate {
  /** Region that the stacks are for. */
  readonly region: string;
  /** Region that the prices are of. */
  readonly pricesOf: string;
  /** Day on which the prices were read. */
  readonly pricesReadOn: string;
  /** Prices in the lines that are those of us-east-1, because no two sources agree on the ones of the Region. */
  readonly pricesOfUsEast1: readonly PriceId[];
  readonly lines: readonly EstimateLine[];
  /** USD a month that a budget over the tag sees. */
  readonly total: number;
  /** What AWS bills without the tag. */
  readonly outsideTheTag: readonly EstimateLine[];
  readonly outsideTotal: number;
  /** Resources that cost nothing, by type. */
  readonly free: readonly { readonly type: string; readonly count: number; readonly reason: string }[];
  /** Resources that nothing is known of; they may cost something. */
  readonly unknown: readonly { readonly stack: string; readonly logicalId: string; readonly type: string }[];
}

/** Options of {@link estimate}. */
export interface EstimateOptions {
  /** Region that the stacks are for. */
  readonly region: string;
  /**
   * Whether prices of another Region are accepted. AWS costs up to 50 % more elsewhere.
   *
   * @default false
   */
  readonly acceptOtherRegion?: boolean;
  /**
   * What is assumed of a month.
   *
   * @default SMALL_SITE
   */
  readonly usage?: Usage;
  /**
   * The prices.
   *
   * @default - those of the Region, if it is one of PRICED_REGIONS, else PRICE_TABLE
   */
  readonly prices?: PriceTable;
}

const RULES: Rules = {
  ...NETWORK_RULES,
  ...STORAGE_RULES,
  ...MONITORING_RULES,
  ...FUNCTION_RULES,
  ...CONTAINER_RULES,
  ...OUTSIDE_RULES,
};

/**
 * The price of synthesised stacks, over everything that one account holds: what is free once in an account is given once.
 *
 * @throws CostError for a Region without prices
 *
 * @example
 * const { total } = estimate([{ name: 'Storage', template }], { region: 'us-east-1' });
 */
export function estimate(stacks: readonly BilledStack[], options: EstimateOptions): Estimate {
  const { region, usage = SMALL_SITE } = options;
  const prices = pricesOf(region, options);
  const found = stacks.flatMap(({ name, template, region: other = region }) => {
    const table = pricesOf(other, options);
    return Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => {
      const place = { stack: name, logicalId, type: resource.Type };
      return { place, table, items: itemsOf(resource.Type, resource.Properties ?? {}, usage) };
    });
  });
  const priced = found.flatMap(({ place, table, items = [] }) =>
    items.map((item) => ({ item, line: lineOf(place, item, table), table })),
  );
  const part = (outside: boolean) =>
    withFreeUnits(
      priced.filter(({ item }) => Boolean(item.outsideTheTag) === outside).map(({ line }) => line),
      prices,
    );
  const [lines, outsideTheTag] = [part(false), part(true)];
  return {
    region,
    pricesOf: prices.region,
    pricesReadOn: prices.readOn,
    pricesOfUsEast1: [
      ...new Set(priced.flatMap(({ line, table }) => (table.notOfRegion?.includes(line.price) ? line.price : []))),
    ],
    lines,
    total: sumOf(lines),
    outsideTheTag,
    outsideTotal: sumOf(outsideTheTag),
    free: freeOf(found.filter(({ items }) => items?.length === 0).map(({ place }) => place.type)),
    unknown: found.filter(({ items }) => items === undefined).map(({ place }) => place),
  };
}

function pricesOf(region: string, { prices: given, acceptOtherRegion }: EstimateOptions): PriceTable {
  const prices = given ?? priceTableOf(region) ?? PRICE_TABLE;
  if (region === prices.region || acceptOtherRegion) return prices;
  const known = given ? [prices.region] : PRICED_REGIONS;
  throw new CostError(
    `\`region\` must be one whose prices are known (${known.join(', ')}), got: ${region}. Accept prices of another Region, or give a table of ${region}.`,
  );
}

/** USD a month of lines, without those that a condition hangs on. */
export function sumOf(lines: readonly EstimateLine[]): number {
  return lines.reduce((sum, { usd, onlyIf }) => sum + (onlyIf ? 0 : usd), 0);
}

function itemsOf(type: string, properties: { readonly [name: string]: unknown }, usage: Usage): Item[] | undefined {
  const rule = RULES[type];
  if (rule) return rule(properties, usage);
  return type in FREE_TYPES ? [] : undefined;
}

function lineOf(
  place: Pick<EstimateLine, 'stack' | 'logicalId' | 'type'>,
  item: Item,
  { prices }: PriceTable,
): EstimateLine {
  const { usd, unit, source } = prices[item.price];
  const { price, quantity, assumption, onlyIf } = item;
  const line = { ...place, price, unit, quantity, assumption, usdPerUnit: usd, usd: quantity * usd, source };
  return onlyIf === undefined ? line : { ...line, onlyIf };
}

function freeOf(types: readonly string[]): Estimate['free'] {
  return [...new Set(types)].sort().map((type) => ({
    type,
    count: types.filter((other) => other === type).length,
    reason: FREE_TYPES[type] ?? '',
  }));
}
