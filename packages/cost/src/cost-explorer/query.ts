/** Record types that lower a cost without anything being used less; an account with credits would stay near $0. */
export const CREDITS_AND_REFUNDS: readonly string[] = ['Credit', 'Refund'];

/** What a project is found by in Cost Explorer. */
export interface CostScope {
  /** Value of the tag `Project`. */
  readonly project: string;
  /**
   * Whether credits and refunds lower the cost.
   *
   * @default false
   */
  readonly includeCreditsAndRefunds?: boolean;
}

/** A filter of Cost Explorer, as far as this package writes one. */
export interface CostFilter {
  readonly And?: CostFilter[];
  readonly Not?: CostFilter;
  readonly Tags?: { readonly Key: string; readonly Values: string[]; readonly MatchOptions: ['EQUALS'] };
  readonly Dimensions?: { readonly Key: 'RECORD_TYPE'; readonly Values: string[] };
}

/** What leaves credits and refunds out, as the budget does. */
export function withoutCreditsAndRefunds(): CostFilter {
  return { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: [...CREDITS_AND_REFUNDS] } } };
}

/** The cost that has the tag of a project, as the budget counts it. */
export function costFilter({ project, includeCreditsAndRefunds = false }: CostScope): CostFilter {
  const tagged: CostFilter = { Tags: { Key: 'Project', Values: [project], MatchOptions: ['EQUALS'] } };
  return includeCreditsAndRefunds ? tagged : { And: [tagged, withoutCreditsAndRefunds()] };
}

/** What a cost is called whose resource does not have the tag. */
export const UNTAGGED = 'untagged';

/**
 * The value in a group of Cost Explorer that is grouped by a tag: `Component$Umami` is `Umami`, and `Component$` a cost without
 * the tag.
 */
export function tagValueOf(group: string): string {
  return group.slice(group.indexOf('$') + 1) || UNTAGGED;
}
