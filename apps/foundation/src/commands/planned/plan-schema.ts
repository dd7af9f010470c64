import { z } from 'zod';

const usd = z.number().describe('USD a month, by the price table');

/** JSON of `diff`: what a deployment would do, beside what the CDK CLI shows. */
export const planSchema = z.strictObject({
  existingResources: z
    .array(
      z.strictObject({
        stack: z.string(),
        kind: z.string().describe('such as security group'),
        id: z.string(),
        change: z.enum(['added', 'removed', 'changed']),
        what: z.string().describe('what the resource gets or loses, or what is changed in it'),
        text: z.string(),
      }),
    )
    .describe('changes of resources that the stacks do not manage'),
  price: z.strictObject({ now: usd, afterwards: usd, limit: usd }).describe('of the account'),
  persons: z.array(z.string()).describe('what only a person can do after the deployment'),
});

export type Plan = z.infer<typeof planSchema>;
export type ExistingChange = Plan['existingResources'][number];
