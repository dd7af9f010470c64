import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Answer, type Asked, json, startEndpoint } from '@user-metrics/aws-endpoint';

/** One answer that is given instead of the usual one. */
export interface Refusal {
  /** Call that it answers, e.g. `PutSecretValue`. @default - whichever comes next */
  readonly operation?: string;
  /** Stage that the call is about, e.g. `AWSPENDING`. @default - any */
  readonly stage?: string;
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
export { environmentFor as environment } from '@user-metrics/aws-endpoint';

export async function startSecretsManager(): Promise<SecretsManager> {
  const state = {
    values: new Map<string, string>(),
    staged: new Map<string, string>(),
    requests: [] as string[],
    refusals: [] as Refusal[],
    delay: 0,
  };
  const { url, close } = await startEndpoint(async (asked) => {
    await setTimeout(state.delay, undefined, { ref: false });
    return respond(asked, state);
  });
  return Object.assign(state, { url, close });
}

interface Parameters {
  readonly SecretId: string;
  readonly SecretString?: string;
  readonly VersionStage?: string;
  readonly VersionStages?: readonly string[];
  readonly MoveToVersionId?: string;
}

type State = Pick<SecretsManager, 'values' | 'staged' | 'requests' | 'refusals'>;

function respond({ action: operation, parameters, refuse }: Asked, state: State): Answer {
  const body = parameters as unknown as Parameters;
  const { SecretId: arn, SecretString: written, VersionStage: stage = 'AWSCURRENT' } = body;
  const pending = `AWSPENDING ${arn}`;
  state.requests.push(`${operation} ${arn}${stage === 'AWSCURRENT' ? '' : ` ${stage}`}`);
  const next = state.refusals.findIndex(
    (refusal) => (refusal.operation ?? operation) === operation && (refusal.stage ?? stage) === stage,
  );
  const [refusal] = next < 0 ? [] : state.refusals.splice(next, 1);
  if (refusal) return refuse(refusal.type, refusal.message ?? '', refusal.status);
  const becomesCurrent = (text: string) => {
    state.staged.set(`AWSPREVIOUS ${arn}`, state.values.get(arn) ?? '');
    state.values.set(arn, text);
  };
  if (operation === 'PutSecretValue') {
    if (body.VersionStages?.includes('AWSPENDING')) state.staged.set(pending, String(written));
    else becomesCurrent(String(written));
    return json({ ARN: arn });
  }
  if (operation === 'UpdateSecretVersionStage') {
    const text = state.staged.get(pending) ?? '';
    if (stage === 'AWSPENDING') state.staged.delete(pending);
    else if (body.MoveToVersionId === versionId(text)) becomesCurrent(text);
    return json({ ARN: arn });
  }
  const value = stage === 'AWSCURRENT' ? state.values.get(arn) : state.staged.get(`${stage} ${arn}`);
  if (value === undefined)
    return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return json({ ARN: arn, SecretString: value, VersionId: versionId(value) });
}

/** The same version has several stages; here the same text does. */
function versionId(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
