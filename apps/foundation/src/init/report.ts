import { z } from 'zod';

/** What `init --json` prints. */
export const initReport = z.object({
  account: z.string().describe('Id of the AWS account'),
  region: z.string(),
  stage: z.string(),
  file: z.string().describe('The configuration file'),
  state: z.enum(['created', 'changed', 'unchanged', 'refused']).describe('refused: the file is as it was, on request'),
  values: z.array(
    z.object({
      path: z.string().describe('Such as stages.dev.network.vpcId'),
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      from: z.string().describe('Where it was found'),
    }),
  ),
  toDo: z.array(z.string()).describe('What a person has to do before a deployment'),
});

export type InitReport = z.infer<typeof initReport>;
