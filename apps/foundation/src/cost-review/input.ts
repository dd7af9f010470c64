/** A cost of a month. */
export interface MonthCost {
  /** E.g. `2026-10`. */
  readonly month: string;
  readonly amount: number;
}

/** What a review is made of; nothing in it asks AWS. */
export interface ReviewInput {
  readonly account: string;
  readonly project: string;
  /** The month that is reviewed, e.g. `2026-10`. */
  readonly month: string;
  /** The day of the review, e.g. `2026-11-03`. */
  readonly today: string;
  readonly limit: number;
  readonly lowerMark: number;
  readonly includeCreditsAndRefunds: boolean;
  readonly currency: string;
  /** What the project cost in the last twelve months, by service and component. */
  readonly ofProject: readonly (MonthCost & { readonly service: string; readonly component: string })[];
  /** What the account cost in the month by value of the tag Project, everything counted; `untagged` without the tag. */
  readonly byProject: readonly { readonly project: string; readonly amount: number }[];
  /** The same by record type: usage, tax, credits, refunds. */
  readonly byRecordType: readonly { readonly recordType: string; readonly amount: number }[];
  /** What has no tag Project in the month, by service. */
  readonly untaggedServices: readonly { readonly service: string; readonly amount: number }[];
  /** Cost of the project by the end of the month as Cost Explorer foresees it. @default - it does not, or the month is over */
  readonly forecast?: number | undefined;
  /** USD a month of the estimate, with the tasks that it assumes. @default - not known, such as for a Region without prices */
  readonly estimate?: number | undefined;
  /** Bytes of each bucket of recordings at the beginning and the end of the month. */
  readonly storage: readonly { readonly bucket: string; readonly before: number; readonly after: number }[];
  /** Resources that have the tag Project, and how many of them lack a required tag. @default - not read */
  readonly tags?: { readonly resources: number; readonly incomplete: number } | undefined;
  /** What there is to say of the cost allocation tags. */
  readonly budgetTags: readonly string[];
  /** What could not be read, and why. */
  readonly unread: readonly string[];
}
