import type { z } from 'zod';
import { initReport } from '../init/report';
import { preflightReport } from '../preflight/report';
import { baselineComparisonSchema, baselineSchema } from '../snapshot/baseline-schema';
import { comparisonSchema, snapshotSchema } from '../snapshot/schema';
import { planSchema } from './planned/plan-schema';
import { verifyReportSchema } from './verify/report-schema';

/** JSON of the commands, by the name of the file in `schemas/`. */
export const JSON_SCHEMAS: { readonly [name: string]: z.ZodType } = {
  init: initReport,
  preflight: preflightReport,
  diff: planSchema,
  snapshot: snapshotSchema,
  'snapshot-compare': comparisonSchema,
  baseline: baselineSchema,
  'baseline-compare': baselineComparisonSchema,
  verify: verifyReportSchema,
};
