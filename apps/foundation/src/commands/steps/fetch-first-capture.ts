import { relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { provisioningLog, readFirstCapture } from '../../account/first-capture';
import { missingRight } from '../../account/missing-right';
import { firstCaptureFile, keepFirstCapture } from '../../snapshot/first-capture';
import { deployedStage } from '../assembly/deployed-stage';
import type { ChosenStage } from '../assembly/synthesise';

/** Times that the log is read after a first deployment, and milliseconds between: CloudWatch Logs takes some seconds. */
const READINGS = 4;
const BETWEEN = 5_000;

/**
 * Fetches what the database had before the first DDL of a stage from the log of the deployment.
 *
 * @param isFirst whether the stage was just deployed for the first time
 * @returns lines for the summary
 */
export async function fetchFirstCapture(
  chosen: ChosenStage,
  folder: string,
  isFirst: boolean,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<string[]> {
  if (!isFirst && firstCaptureFile(folder)) return [];
  const deployed = deployedStage(chosen);
  try {
    const group = await provisioningLog(deployed);
    for (let reading = 1; group !== undefined; reading += 1) {
      const capture = await readFirstCapture(deployed, group);
      if (capture === null) {
        return [
          "Database before the first DDL: not captured, for Umami's schema or its database role existed already.",
        ];
      }
      if (capture) {
        const file = keepFirstCapture(folder, capture);
        return [`Database before the first DDL: ${relative(process.cwd(), file)}`, ...capture.notRead];
      }
      if (!isFirst || reading === READINGS) break;
      await wait(BETWEEN);
    }
    return [
      'Database before the first DDL: the log of the provisioning function, which keeps a month, does not hold it.',
    ];
  } catch (error) {
    const right = missingRight(error);
    return [`Database before the first DDL: not read, ${right ? `needs ${right}` : (error as Error).message}`];
  }
}
