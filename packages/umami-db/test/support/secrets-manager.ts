import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** One answer that is given instead of the usual one. */
export interface Refusal {
  /** Call that it answers, e.g. `PutSecretValue`. @default - whichever comes next */
  readonly operation?: string;
  readonly status: number;
  /** Name of the error in the JSON protocol, e.g. `ThrottlingException`. */
  readonly type: string;
  readonly message?: string;
}

/** An HTTP endpoint that speaks as much of Secrets Manager's JSON protocol as three calls need. */
export interface SecretsManager {
  readonly url: string;
  /** Current texts of the secrets, by ARN. */
  readonly values: Map<string, string>;
  /** Texts in the other stages, by stage and ARN, e.g. `AWSPENDING arn:umami`. */
  readonly staged: Map<string, string>;
  /** What was asked, in order, e.g. `GetSecretValue arn:umami`. */
  readonly requests: string[];
  /** Answers that come before the usual ones; each is used once. */
  readonly refusals: Refusal[];
  /** Milliseconds between a request and its answer. */
  delay: number;
  close(): Promise<void>;
}

/** What the SDK needs of its environment to find the endpoint, and nothing of the machine's own configuration. */
export function environment({ url }: Pick<SecretsManager, 'url'>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

export async function startSecretsManager(): Promise<SecretsManager> {
  const state = {
    values: new Map<string, string>(),
    staged: new Map<string, string>(),
    requests: [] as string[],
    refusals: [] as Refusal[],
    delay: 0,
  };
  const server = createServer(async (request, response) => {
    const asked = await read(request);
    await setTimeout(state.delay, undefined, { ref: false });
    send(response, respond(asked, state));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

interface Request {
  readonly operation: string;
  readonly body: {
    readonly SecretId: string;
    readonly SecretString?: string;
    readonly VersionStage?: string;
    readonly VersionStages?: readonly string[];
    readonly MoveToVersionId?: string;
  };
}

async function read(request: IncomingMessage): Promise<Request> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return { operation: String(request.headers['x-amz-target']).replace('secretsmanager.', ''), body: JSON.parse(text) };
}

type State = Pick<SecretsManager, 'values' | 'staged' | 'requests' | 'refusals'>;

function respond({ operation, body }: Request, state: State): object {
  const { SecretId: arn, SecretString: written, VersionStage: stage = 'AWSCURRENT' } = body;
  const pending = `AWSPENDING ${arn}`;
  state.requests.push(`${operation} ${arn}${stage === 'AWSCURRENT' ? '' : ` ${stage}`}`);
  const next = state.refusals.findIndex((refusal) => (refusal.operation ?? operation) === operation);
  const [refusal] = next < 0 ? [] : state.refusals.splice(next, 1);
  if (refusal) return refusal;
  const notFound = {
    status: 400,
    type: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  };
  const becomesCurrent = (text: string) => {
    state.staged.set(`AWSPREVIOUS ${arn}`, state.values.get(arn) ?? '');
    state.values.set(arn, text);
  };
  if (operation === 'PutSecretValue') {
    if (body.VersionStages?.includes('AWSPENDING')) state.staged.set(pending, String(written));
    else becomesCurrent(String(written));
    return { ARN: arn };
  }
  if (operation === 'UpdateSecretVersionStage') {
    const text = state.staged.get(pending) ?? '';
    if (stage === 'AWSPENDING') state.staged.delete(pending);
    else if (body.MoveToVersionId === versionId(text)) becomesCurrent(text);
    return { ARN: arn };
  }
  const value = stage === 'AWSCURRENT' ? state.values.get(arn) : state.staged.get(`${stage} ${arn}`);
  return value === undefined ? notFound : { ARN: arn, SecretString: value, VersionId: versionId(value) };
}

/** The same version bears several stages; here the same text does. */
function versionId(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function send(response: ServerResponse, { status = 200, type, ...body }: Partial<Refusal>): void {
  const text = JSON.stringify({ ...body, __type: type });
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
}
