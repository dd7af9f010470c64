/** The account of the emulator. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
/** Root of the account. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** Variables of a process. */
export type Environment = { readonly [name: string]: string };

/** What commands get of our own environment. Everything else could lead them to another account, or through a proxy. */
const ALLOWED = /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_\w+|TZ|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|CI)$/;

/** The whole environment of a CDK CLI or an SDK that meets this endpoint, and no other. */
export function clientEnvironment(endpoint: string): Environment {
  const allowed = Object.entries(process.env).filter(([name, value]) => ALLOWED.test(name) && value !== undefined);
  return {
    ...(Object.fromEntries(allowed) as Environment),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
