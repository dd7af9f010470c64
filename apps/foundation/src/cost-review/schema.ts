import { z } from 'zod';

const compared = z.object({
  name: z.string(),
  amount: z.number(),
  /** Nothing in the first month. */
  previous: z.number().optional(),
  change: z.number().optional(),
});

/** The review of a month, as `cost-review --json` prints it. */
export const costReviewSchema = z.object({
  version: z.literal(1),
  account: z.string(),
  project: z.string(),
  month: z.string(),
  /** `partial` while the month is not over. */
  state: z.enum(['complete', 'partial', 'no data']),
  currency: z.string(),
  total: z.number(),
  previous: z.number().optional(),
  limit: z.number(),
  lowerMark: z.number(),
  verdict: z.string(),
  estimate: z.number().optional(),
  forecast: z.number().optional(),
  byService: z.array(compared),
  byComponent: z.array(compared),
  /** The three services that moved most. */
  movements: z.array(compared),
  /** The last twelve months, as far as there is a cost. */
  history: z.array(z.object({ month: z.string(), amount: z.number() })),
  /** What the account cost, with everything that AWS billed. */
  wholeAccount: z.object({
    total: z.number(),
    untagged: z.number(),
    /** Share of the total without the tag Project, 0 to 1. */
    untaggedShare: z.number(),
    untaggedServices: z.array(z.object({ name: z.string(), amount: z.number() })),
    creditsAndRefunds: z.number(),
    tax: z.number(),
  }),
  /** The sum over the values of the tag Project and what has none is the total of the account, to the cent. */
  reconciliation: z.object({ sum: z.number(), total: z.number(), isEqual: z.boolean() }),
  storage: z.array(z.object({ bucket: z.string(), before: z.number(), after: z.number() })),
  tags: z.object({ resources: z.number(), incomplete: z.number() }).optional(),
  budgetTags: z.array(z.string()),
  notes: z.array(z.string()),
  toDo: z.array(z.string()),
});

/** The review of a month. */
export type CostReview = z.output<typeof costReviewSchema>;

/** An amount beside that of the month before. */
export type Compared = z.output<typeof compared>;
