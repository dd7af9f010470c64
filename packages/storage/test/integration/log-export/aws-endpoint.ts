import { type AwsEndpoint, content, s3Error, startEndpoint } from '@user-metrics/aws-endpoint';
import { ExportTaskService } from './export-task-service';

/** As much of CloudWatch Logs and of S3 as the function needs. */
export interface LogsAndArchive extends AwsEndpoint {
  readonly logs: ExportTaskService;
  /** Objects of S3 by path, e.g. `/archive/progress/audit.json`. */
  readonly objects: Map<string, string>;
  /** Every call, in order, e.g. `CreateExportTask` or `PUT /archive/key`. */
  readonly calls: () => string[];
}

export async function startAws(): Promise<LogsAndArchive> {
  const [logs, objects] = [new ExportTaskService(), new Map<string, string>()];
  const endpoint = await startEndpoint((asked) => {
    const [, method, path = ''] = /^(GET|PUT) (.*)$/.exec(asked.action) ?? [];
    if (method === undefined) return logs.answer(asked);
    if (method === 'GET') return objects.has(path) ? content(objects.get(path)) : s3Error('NoSuchKey', 'none', 404);
    objects.set(path, asked.content);
    return content();
  });
  return Object.assign(endpoint, { logs, objects, calls: () => endpoint.asked.map(({ action }) => action) });
}
