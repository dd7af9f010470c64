import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { stackResources, stageOf } from '@user-metrics/foundation/account';
import type { Account } from '../account';
import type { AccountCheck } from '../checks/account-check';

const DAY = 24 * 60 * 60 * 1000;

/** What the function answers. */
interface Report {
  readonly exported: readonly { readonly logGroup: string; readonly day: string }[];
}

/** What three runs did: the first, one more, and one whose record of exported days was deleted. */
export interface LogExportRuns {
  readonly logGroup: string;
  readonly runs: readonly Report[];
  /** Notes on how far the log group is, after the last run. */
  readonly notedThrough: string | undefined;
  /** Tasks of this log group into the archive. */
  readonly tasks: readonly ExportTask[];
  /** Every object of the day, unpacked. */
  readonly archived: string;
  /** An event that was logged on the day before yesterday. */
  readonly event: string;
}

/** `work.log-export`: the deployed function is run, and what it brought into the archive is read. */
export const logExport: AccountCheck = {
  id: 'work.log-export',
  async run(account) {
    const [logGroup] = stageOf(account).storage.logArchive?.exportLogGroups ?? [];
    if (logGroup === undefined)
      return { applies: false, wrong: [], evidence: 'optional: storage.logArchive.exportLogGroups is not given' };
    const Bucket = await idOf(account, 'AWS::S3::Bucket', 'LogArchive');
    const FunctionName = await idOf(account, 'AWS::Lambda::Function', 'LogExport');
    const event = await logTwoDaysAgo(account, logGroup);
    const runs = [await run(account, FunctionName), await run(account, FunctionName)];
    const Key = `progress/${encodeURIComponent(logGroup)}.json`;
    await account.aws.s3.deleteObject({ Bucket, Key });
    runs.push(await run(account, FunctionName));
    const { exportTasks = [] } = await account.aws.logs.describeExportTasks({});
    const tasks = exportTasks.filter((task) => task.logGroupName === logGroup && task.destination === Bucket);
    const notes = JSON.parse(await read(account, Bucket, Key).then(String, () => '{}'));
    const archived = await readAll(account, Bucket, 'logs/');
    const found = { logGroup, runs, notedThrough: notes.exportedThrough, tasks, archived, event };
    return {
      wrong: wrongExport(found),
      evidence: `${logGroup} of ${found.notedThrough} by one task; a second run and one without its notes export nothing more`,
    };
  },
};

/** What is wrong with an export. */
export function wrongExport({ logGroup, runs, notedThrough, tasks, archived, event }: LogExportRuns): string[] {
  const [first, second, third] = runs.map(({ exported }) => exported.find((one) => one.logGroup === logGroup)?.day);
  return [
    ...(first === undefined ? ['the first run exports nothing'] : []),
    ...(archived.includes(event) ? [] : ['the event is not in the archive']),
    ...(second === undefined ? [] : [`the second run exports ${second} again`]),
    ...(third === first ? [] : [`the run without its notes detects ${third ?? 'nothing'} instead of ${first}`]),
    ...(notedThrough === first ? [] : [`it notes ${notedThrough ?? 'nothing'} after it has exported ${first}`]),
    ...(tasks.length === 1 ? [] : [`${tasks.length} tasks for one day`]),
  ];
}

async function idOf(account: Account, wanted: string, name: string): Promise<string> {
  const resources = await stackResources(account);
  return resources.find(({ type, logicalId }) => type === wanted && logicalId.startsWith(name))?.physicalId ?? '';
}

/** The last day that is complete and was given its time (the function waits for a day). */
async function logTwoDaysAgo({ aws: { logs } }: Account, logGroupName: string): Promise<string> {
  const logStreamName = `rehearsal/${randomUUID()}`;
  const message = `an event of the rehearsal, ${logStreamName}`;
  // A log group that only the configuration names is not there yet.
  await logs.createLogGroup({ logGroupName }).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error;
  });
  await logs.createLogStream({ logGroupName, logStreamName });
  const timestamp = Math.floor(Date.now() / DAY) * DAY - 2 * DAY;
  await logs.putLogEvents({ logGroupName, logStreamName, logEvents: [{ timestamp, message }] });
  return message;
}

/** @throws Error with what the function says when it fails */
async function run({ aws }: Account, FunctionName: string): Promise<Report> {
  const { FunctionError, Payload } = await aws.lambda.invoke({ FunctionName, Payload: '{}' });
  const answer = JSON.parse(Payload?.transformToString() ?? '{}');
  if (FunctionError) throw new Error(`the function fails: ${answer.errorMessage}`);
  return answer;
}

async function read({ aws }: Account, Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await aws.s3.getObject({ Bucket, Key });
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function readAll(account: Account, Bucket: string, Prefix: string): Promise<string> {
  const { Contents = [] } = await account.aws.s3.listObjectsV2({ Bucket, Prefix });
  const objects = Contents.map(async ({ Key = '' }) => gunzipSync(await read(account, Bucket, Key)).toString());
  return (await Promise.all(objects)).join('');
}
