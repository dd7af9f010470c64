import { paginateFilterLogEvents, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { FIRST_CAPTURE, type FirstCapture, firstCaptureIn } from '@user-metrics/umami-db/verification';
import type { DeployedStage } from './deployed-stage';
import { resourcesOf } from './stack-resources';

/** Pages of a log that are read; the function writes a few dozen lines in each deployment. */
const PAGES = 50;

/** Log group of the function that provisions the database, by its logical id. */
const LOG_GROUP = /UmamiDatabaseFunctionLogs[0-9A-F]{8}$/;

/** Name of the log group of the function that provisions the database; nothing when it is not deployed. */
export async function provisioningLog(deployed: DeployedStage): Promise<string | undefined> {
  const groups = await resourcesOf(deployed, 'AWS::Logs::LogGroup');
  return groups.find(({ logicalId }) => LOG_GROUP.test(logicalId))?.physicalId;
}

/**
 * What the database had before the first DDL of a stage, from the log of the function that provisions it.
 *
 * @returns null when Umami's schema or its database role existed; undefined when the log does not say: it keeps a month, and a
 * stage that an earlier release deployed has none
 */
export async function readFirstCapture(
  { aws }: Pick<DeployedStage, 'aws'>,
  logGroupName: string,
): Promise<FirstCapture | null | undefined> {
  const pages = paginateFilterLogEvents(
    { client: aws.logs },
    { logGroupName, filterPattern: JSON.stringify(FIRST_CAPTURE) },
  );
  const messages: string[] = [];
  let read = 0;
  try {
    for await (const { events = [] } of pages) {
      messages.push(...events.map(({ message = '' }) => message));
      read += 1;
      if (read === PAGES) break;
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
  return firstCaptureIn(messages);
}
