import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import {
  COST_ALLOCATION_PARAMETER,
  type CostAllocationReport,
  type CostAllocationStatus,
  costAllocationReport,
} from '../../src/cost-allocation';
import type { Clients } from './clients';

/** The state of the cost allocation tags, or why it is not known. */
export type CostTags = CostAllocationReport | { readonly unknown: string };

/** Reads what `CostAllocationTags` published in this account and Region. What cannot be read is said, and is no error. */
export async function readCostTags({ ssm, account, region }: Clients): Promise<CostTags> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: COST_ALLOCATION_PARAMETER }));
    return costAllocationReport(statusOf(Parameter?.Value), account);
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return {
        unknown: `account ${account} has no parameter ${COST_ALLOCATION_PARAMETER} in ${region}. If CostAllocationTags is deployed in another Region, give --region`,
      };
    }
    const { name, message } = error as Error;
    return { unknown: `${COST_ALLOCATION_PARAMETER} could not be read: ${name}: ${message}` };
  }
}

function statusOf(value = ''): CostAllocationStatus {
  const status: unknown = JSON.parse(value);
  if (
    typeof status === 'object' &&
    status !== null &&
    'keys' in status &&
    typeof status.keys === 'object' &&
    status.keys
  )
    return status as CostAllocationStatus;
  throw new Error(`it must hold a state by key, got: ${value}`);
}
