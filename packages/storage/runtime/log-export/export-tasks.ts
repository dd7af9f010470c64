import {
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
  type ExportTask,
  LimitExceededException,
} from '@aws-sdk/client-cloudwatch-logs';
import { type Day, eventsOf } from './day';
import { LOGS_PREFIX } from './settings';

const ACTIVE: readonly (string | undefined)[] = ['PENDING', 'PENDING_CANCEL', 'RUNNING'];

/** A day of a log group, and where it is exported to. */
export interface Export {
  readonly logGroup: string;
  readonly day: Day;
  readonly bucket: string;
}

/** The export tasks of the account. CloudWatch Logs runs one at a time, for all callers. */
export class ExportTasks {
  constructor(private readonly logs: CloudWatchLogsClient) {}

  /** All tasks that Logs still knows. */
  async list(): Promise<ExportTask[]> {
    const found: ExportTask[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.logs.send(new DescribeExportTasksCommand({ nextToken }));
      found.push(...(page.exportTasks ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  }

  async isActive(taskId: string): Promise<boolean> {
    const { exportTasks = [] } = await this.logs.send(new DescribeExportTasksCommand({ taskId }));
    return exportTasks.some(isActive);
  }

  /** Starts an export; nothing when somebody else was faster. */
  async start({ logGroup, day, bucket }: Export): Promise<string | undefined> {
    const command = new CreateExportTaskCommand({
      taskName: `${logGroup.slice(0, 400)} ${day}`,
      logGroupName: logGroup,
      ...eventsOf(day),
      destination: bucket,
      destinationPrefix: `${LOGS_PREFIX}/${logGroup.replace(/^\/+/, '')}/${day}`,
    });
    try {
      return (await this.logs.send(command)).taskId;
    } catch (error) {
      if (error instanceof LimitExceededException) return undefined;
      throw error;
    }
  }
}

export function isActive({ status }: ExportTask): boolean {
  return ACTIVE.includes(status?.code);
}

/** Whether a task has brought exactly this into the archive, in this run of the function or in an interrupted one. */
export function hasExported(task: ExportTask, { logGroup, day, bucket }: Export): boolean {
  const { from, to } = eventsOf(day);
  const isSame = task.logGroupName === logGroup && task.destination === bucket && task.from === from && task.to === to;
  return isSame && task.status?.code === 'COMPLETED';
}
