import type { PriceId } from './price-table';
import type { Usage } from './usage';

/** A resource of a template, as far as its price is concerned. */
export interface BilledResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

/** A synthesised stack. */
export interface BilledStack {
  readonly name: string;
  /** Region that it is for. @default - that of the options */
  readonly region?: string;
  readonly template: { readonly Resources?: { readonly [logicalId: string]: BilledResource } };
}

/** Something that is billed: so many units of a price, and why so many. */
export interface Item {
  readonly price: PriceId;
  readonly quantity: number;
  readonly assumption: string;
  /** Whether the bill shows it without the `Project` tag, so that the budget does not count it. */
  readonly outsideTheTag?: boolean;
  /** What has to be so for it to be billed at all. */
  readonly onlyIf?: string;
}

/** Gives what a resource of one type is billed for; nothing when it does not know this kind of it. */
export type Rule = (properties: { readonly [name: string]: unknown }, usage: Usage) => Item[] | undefined;

/** Rules by CloudFormation type. */
export type Rules = { readonly [type: string]: Rule };
