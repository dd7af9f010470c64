import { z } from 'zod';
import { STATUSES } from '../../report/check';

/** JSON of `verify`, and `report.json` beside the page. */
export const verifyReportSchema = z.strictObject({
  version: z.literal(1),
  title: z.string(),
  stage: z.string(),
  account: z.string(),
  region: z.string(),
  isEmulated: z.boolean().describe('whether an emulator of AWS was asked instead of AWS'),
  subject: z.record(z.string(), z.string()).describe('what was checked, as labels and values for reading'),
  finishedAt: z.iso.datetime(),
  counts: z.partialRecord(z.enum(STATUSES), z.int()).describe('how many checks have which status'),
  checks: z.array(
    z.strictObject({
      id: z.string().describe('<story>.AC<n> or <story>.IV<n>'),
      title: z.string(),
      text: z.string().optional().describe('the requirement, word for word'),
      status: z.enum(STATUSES),
      evidence: z.string().describe('the values that were read, or what is wrong'),
      facts: z.json().optional().describe('what was read'),
      missingRight: z.string().optional().describe('IAM action that the caller lacks'),
      asked: z.array(z.string()).optional().describe('IAM actions of the calls that were made'),
    }),
  ),
});

export type VerifyReport = z.infer<typeof verifyReportSchema>;
