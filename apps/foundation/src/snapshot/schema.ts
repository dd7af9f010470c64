import { z } from 'zod';

const unknown = z.strictObject({ $unknown: z.string().describe('why it could not be read') });

/** Resources of a kind by id, or why they could not be read. */
const kind = z.union([unknown, z.record(z.string(), z.json())]);

const hashes = z.record(z.string(), z.string());

/** What the database function says of others: hashes and counts, no data. */
const database = z.strictObject({
  database: z.string(),
  server: z.string().describe('version of PostgreSQL'),
  schemas: z.record(
    z.string(),
    z.strictObject({
      owner: z.string(),
      counts: z.record(z.string(), z.number()).describe('number of objects by kind'),
      catalog: z.string().describe('SHA-256 of all definitions'),
      grants: z.string().describe('SHA-256 of all owners and grants'),
      objects: hashes.exactOptional().describe('by object; left out where there are too many'),
    }),
  ),
  serverObjects: hashes.describe('database roles, memberships, settings, databases and extensions'),
});

/** What exists in an account and Region, and is not managed by the stacks of the foundation. */
export const snapshotSchema = z.strictObject({
  version: z.literal(1),
  account: z.string(),
  region: z.string(),
  stage: z.string(),
  takenAt: z.iso.datetime(),
  beforeFirstDeployment: z.boolean().describe('whether no stack of the stage existed'),
  announced: z
    .record(z.string(), z.string())
    .describe('what the configuration lets the stacks change of others, by place, with the setting that says so'),
  services: z.record(z.string(), z.record(z.string(), kind)),
  database: z.union([z.strictObject({ notRead: z.string().describe('why nothing was asked') }), unknown, database]),
});

export type Snapshot = z.infer<typeof snapshotSchema>;

/** One thing that is not the same in two snapshots. */
const differenceSchema = z.strictObject({
  service: z.string(),
  kind: z.string().describe('such as security group'),
  id: z.string(),
  path: z.array(z.string()).describe('where in the resource; empty for the resource itself'),
  change: z.enum(['added', 'removed', 'changed', 'unknown']).describe('unknown: a snapshot could not read it'),
  before: z.json().optional(),
  after: z.json().optional(),
  announced: z.string().optional().describe('setting of the configuration that says so'),
  text: z.string(),
});

/** What is different in two snapshots. */
export const comparisonSchema = z.strictObject({
  before: z.string().describe('when the first snapshot was taken'),
  after: z.string(),
  differences: z.array(differenceSchema),
  notCompared: z.array(z.string()).describe('what nobody asked for, and why'),
});

export type Difference = z.infer<typeof differenceSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
