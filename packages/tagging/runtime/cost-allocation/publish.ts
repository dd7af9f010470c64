import { GetParameterCommand, ParameterNotFound, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import {
  COST_ALLOCATION_METRIC,
  COST_ALLOCATION_NAMESPACE,
  type CostAllocationStatus,
  inactiveKeys,
} from '../../src/cost-allocation';

/** The status that was published last; what is no status counts as none. */
export async function lastStatus(client: SSMClient, name: string): Promise<CostAllocationStatus | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    const status = JSON.parse(Parameter?.Value ?? '') as CostAllocationStatus | null;
    return typeof status?.keys === 'object' ? status : undefined;
  } catch (error) {
    if (error instanceof ParameterNotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Longest value of a standard parameter (Systems Manager quotas); a longer one would be charged. */
const LONGEST_VALUE = 4096;

/** Writes the status to the SSM parameter. CloudFormation owns the parameter and its tags; only the value is ours. */
export async function publishStatus(client: SSMClient, name: string, status: CostAllocationStatus): Promise<void> {
  const { messages, ...states } = status;
  const whole = JSON.stringify({ ...states, messages });
  const value = whole.length <= LONGEST_VALUE ? whole : JSON.stringify(states);
  await client.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true }));
}

/**
 * Logs the status in a form from which CloudWatch takes the metric (CloudWatch guide, "Embedded metric format"). It needs no
 * right beyond writing logs, and has no dimension: one series is one custom metric to pay for.
 */
export function publishMetric(status: CostAllocationStatus, countedKeys: readonly string[]): void {
  const metric = {
    Namespace: COST_ALLOCATION_NAMESPACE,
    Dimensions: [[]],
    Metrics: [{ Name: COST_ALLOCATION_METRIC, Unit: 'Count' }],
  };
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] },
    [COST_ALLOCATION_METRIC]: inactiveKeys(status).filter((key) => countedKeys.includes(key)).length,
    ...status,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
