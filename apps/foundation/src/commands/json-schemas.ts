import type { z } from 'zod';
import { preflightReport } from '../preflight/report';
import { comparisonSchema, snapshotSchema } from '../snapshot/schema';
import { planSchema } from './planned/plan-schema';
import { verifyReportSchema } from './verify/report-schema';

/** JSON of the commands, by the name of the file in `schemas/`. */
export const JSON_SCHEMAS: { readonly [name: string]: z.ZodType } = {
  preflight: preflightReport,
  diff: planSchema,
  snapshot: snapshotSchema,
  'snapshot-compare': comparisonSchema,
  verify: verifyReportSchema,
};
