import table from './prices.json';

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
}

/** The prices that come with this package: us-east-1, on demand. */
export const PRICE_TABLE: PriceTable = table;
