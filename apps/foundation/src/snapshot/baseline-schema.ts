import { z } from 'zod';

/** What a figure is, without its measurements. */
const figure = {
  name: z.string(),
  group: z.enum(['rates', 'connections', 'io', 'sizes', 'waits', 'statements', 'latency', 'cloudwatch']),
  of: z.enum(['umami', 'others', 'cluster']).describe('whose it is; cluster: PostgreSQL does not tell them apart'),
  unit: z.string(),
  worse: z.enum(['higher', 'lower', 'neither']),
  relevant: z.number().exactOptional().describe('smallest change that matters, in the unit'),
  source: z.string().exactOptional().describe('statistics view'),
};

const identity = z.strictObject({
  database: z.string(),
  server: z.string().describe('version of PostgreSQL'),
  aurora: z.string().nullable().describe('version of Aurora'),
  isStandby: z.boolean(),
  instanceClass: z.string().exactOptional(),
  startedAt: z.string(),
  statsReset: z.record(z.string(), z.string().nullable()).describe('last reset of each statistics view'),
  parameters: z.record(z.string(), z.string()),
  capturedAt: z.iso.datetime(),
  seconds: z.number().describe('length of the window'),
  hasUmami: z.boolean().describe("whether Umami's schema or database role existed"),
});

const notRead = z.array(
  z.strictObject({
    what: z.string(),
    state: z.enum(['not applicable', 'unknown']),
    reason: z.string(),
    fix: z.string().exactOptional().describe('what makes it readable'),
  }),
);

/** A measured database; the same format as that of `umami-db baseline capture`, with the cluster. */
export const baselineSchema = z.strictObject({
  format: z.literal(1),
  cluster: z
    .strictObject({ account: z.string(), region: z.string(), stage: z.string(), identifier: z.string() })
    .exactOptional()
    .describe('left out by umami-db, which does not know it'),
  identity,
  figures: z.array(z.strictObject({ ...figure, samples: z.array(z.number()) })),
  notRead,
});

export type SavedBaseline = z.infer<typeof baselineSchema>;

/** Two measured databases compared. */
export const baselineComparisonSchema = z.strictObject({
  before: identity,
  after: identity,
  refused: z.array(z.string()).describe('why the two cannot be compared'),
  notes: z.array(z.string()),
  figures: z.array(
    z.strictObject({
      ...figure,
      verdict: z.enum(['better', 'worse', 'changed', 'same', 'unclear', 'not comparable']),
      before: z.array(z.number()),
      after: z.array(z.number()),
      medianBefore: z.number().nullable(),
      medianAfter: z.number().nullable(),
      change: z
        .strictObject({ shift: z.number(), low: z.number(), high: z.number() })
        .nullable()
        .describe('with the interval that holds the true change at 95 %'),
      p: z.number().nullable(),
      reason: z.string().exactOptional(),
    }),
  ),
  notRead,
  errorRate: z.number().describe('probability that any figure is named although nothing changed'),
});
