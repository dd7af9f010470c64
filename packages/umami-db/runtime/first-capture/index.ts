import type { CdkCustomResourceEvent, CdkCustomResourceResponse } from 'aws-lambda';
import { handler as provision } from '../cloudformation/index';
import type { Remaining } from '../time/in-time';
import { firstCaptureLines } from '../verification/first-capture';
import { captureFirst } from './capture';

/** The custom resource behind `UmamiDatabase`, which writes into its log what the database had before its first DDL. */
export async function handler(
  event: CdkCustomResourceEvent,
  remaining?: Remaining,
): Promise<CdkCustomResourceResponse> {
  if (event.RequestType === 'Create') {
    const lines = firstCaptureLines(await captureFirst(event.ResourceProperties));
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return provision(event, remaining);
}
