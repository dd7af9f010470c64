import type { z } from 'zod';
import { preflightReport } from '../preflight/report';
import { verifyReportSchema } from './verify/report-schema';

/** JSON of the commands, by the name of the file in `schemas/`. */
export const JSON_SCHEMAS: { readonly [name: string]: z.ZodType } = {
  preflight: preflightReport,
  verify: verifyReportSchema,
};
