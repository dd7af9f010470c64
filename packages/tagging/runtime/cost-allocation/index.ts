import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { SSMClient } from '@aws-sdk/client-ssm';
import { type CostAllocationStatus, inactiveKeys, notLookedAt } from '../../src/cost-allocation';
import { activate } from './activate';
import { readSettings, type Settings } from './environment';
import { lastStatus, publishMetric, publishStatus } from './publish';

/** Active keys are checked again this often: AWS charges for each request to Cost Explorer. */
const LOOK_AGAIN_DAYS = 7;

const DAY = 86_400_000;

// Cost Explorer answers in one Region of a partition, to which the SDK goes by itself. Its limits are low: more retries
// than the SDK's three attempts.
const costExplorer = new CostExplorerClient({ defaultsMode: 'standard', maxAttempts: 6 });
const parameters = new SSMClient({ defaultsMode: 'standard', maxAttempts: 6 });

/**
 * Activates the cost allocation tags that are not active yet, publishes the state of each key and the number of those that
 * are not active. Started by a schedule and after each deployment of its stack, never by the deployment itself.
 *
 * @throws Error when AWS cannot be asked, after publishing the state as unknown; Lambda then tries again
 */
export async function handler(): Promise<CostAllocationStatus> {
  const settings = readSettings(process.env);
  const last = await lastStatus(parameters, settings.parameter);
  if (last && isSettled(last, settings)) {
    publishMetric(last, settings.countedKeys);
    return last;
  }
  try {
    return await publish(settings, await activate(costExplorer, settings.keys));
  } catch (error) {
    await publish(settings, { ...notLookedAt(settings.keys), messages: [(error as Error).message] });
    throw error;
  }
}

/** All keys were active when somebody looked, and that is not long ago. */
function isSettled(status: CostAllocationStatus, { keys }: Settings): boolean {
  const age = Date.now() - Date.parse(status.checkedAt ?? '');
  return age < LOOK_AGAIN_DAYS * DAY && inactiveKeys(status).length === 0 && keys.every((key) => key in status.keys);
}

async function publish(
  { parameter, countedKeys }: Settings,
  status: CostAllocationStatus,
): Promise<CostAllocationStatus> {
  publishMetric(status, countedKeys);
  await publishStatus(parameters, parameter, status);
  return status;
}
