import table from './prices.json';
import elsewhere from './regions.json';

/** Name of a price in the table. */
export type PriceId = keyof typeof table.prices;

/** A price of AWS, on demand. */
export interface Price {
  /** USD for one unit. */
  readonly usd: number;
  readonly unit: string;
  /** Where it was read. */
  readonly source: string;
  /** Units that an account has free each month. */
  readonly freeUnits?: number;
}

/** A dated list of prices of one Region. */
export interface PriceTable {
  readonly region: string;
  readonly currency: string;
  /** Day on which the sources were read, e.g. `2026-11-23`. */
  readonly readOn: string;
  readonly prices: { readonly [Id in PriceId]: Price };
  /**
   * Prices that are those of us-east-1, because no two sources agree on the ones of this Region.
   *
   * @default - none
   */
  readonly notOfRegion?: readonly PriceId[];
}

/** The prices of us-east-1, on demand. */
export const PRICE_TABLE: PriceTable = table;

const REGIONS: { readonly [region: string]: { readonly [Id in PriceId]?: Pick<Price, 'usd' | 'source'> } } =
  elsewhere.regions;

/** Regions that this package has prices of. */
export const PRICED_REGIONS: readonly string[] = [table.region, ...Object.keys(REGIONS)];

/** The prices of a Region, on demand; `undefined` for one that is not among {@link PRICED_REGIONS}. */
export function priceTableOf(region: string): PriceTable | undefined {
  if (region === table.region) return PRICE_TABLE;
  const own = REGIONS[region];
  if (!Object.hasOwn(REGIONS, region) || !own) return undefined;
  const ids = Object.keys(table.prices) as PriceId[];
  const isEverywhere = (id: PriceId) => elsewhere.everywhere.prices.includes(id);
  const priceOf = (id: PriceId): Price => ({
    ...PRICE_TABLE.prices[id],
    ...(isEverywhere(id) ? { source: elsewhere.everywhere.source } : own[id]),
  });
  return {
    region,
    currency: table.currency,
    readOn: elsewhere.readOn,
    prices: Object.fromEntries(ids.map((id) => [id, priceOf(id)])) as PriceTable['prices'],
    notOfRegion: ids.filter((id) => !isEverywhere(id) && !own[id]),
  };
}
