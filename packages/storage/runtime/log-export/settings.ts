/** What the function is configured with; the construct sets these environment variables. */
export const ENVIRONMENT = { bucket: 'LOG_EXPORT_BUCKET', logGroups: 'LOG_EXPORT_LOG_GROUPS' } as const;

/** Where the archive keeps how far each log group is exported: beside the logs, so that it lives as long as they do. */
export const PROGRESS_PREFIX = 'progress/';

/** Where the archive keeps what is exported. */
export const LOGS_PREFIX = 'logs';

/** What is exported, and where to. */
export interface Settings {
  readonly bucket: string;
  readonly logGroups: readonly string[];
}

/** @throws Error when the function was deployed without its settings */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const bucket = environment[ENVIRONMENT.bucket];
  const logGroups: unknown = JSON.parse(environment[ENVIRONMENT.logGroups] ?? '[]');
  const areNames = Array.isArray(logGroups) && logGroups.every((name) => typeof name === 'string');
  if (bucket && areNames && logGroups.length > 0) return { bucket, logGroups };
  throw new Error(
    `\`${ENVIRONMENT.bucket}\` and \`${ENVIRONMENT.logGroups}\` must be a bucket and a JSON list of log groups, got: ${bucket}, ${JSON.stringify(logGroups)}. Deploy the function with LogExport.`,
  );
}
