import { anonymousPrincipal, type EvaluationResult, runSimulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from './policy-document';
import { PolicyEvaluationError } from './policy-evaluation-error';

/** What IAM answers: `implicitDeny` when nothing allows it, `explicitDeny` when a Deny forbids it. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** Somebody who asks for something. */
export interface Request {
  /**
   * Who asks: an ARN (`arn:aws:iam::111122223333:role/Umami`, or that of a session of it), a service
   * (`ecs-tasks.amazonaws.com`), or `anonymous` for an unsigned request.
   */
  readonly principal: string;
  /** What is asked for, e.g. `s3:GetObject`. */
  readonly action: string;
  /** ARN that it is asked for; `*` for actions without a resource type. */
  readonly resource: string;
  /**
   * Account of the resource.
   *
   * @default - the one in its ARN, else that of the principal
   */
  readonly resourceAccount?: string;
  /**
   * Condition keys. Those that AWS adds to every request (`aws:PrincipalArn`, `aws:SecureTransport` = true, …) are there
   * already; what is given here goes before them.
   *
   * @default - only those
   */
  readonly context?: { readonly [key: string]: string | readonly string[] };
}

/** What {@link evaluate} decides. */
export interface Evaluation {
  /** Policies attached to the principal. @default - none */
  readonly identityPolicies?: readonly PolicyDocument[];
  /** Policy of the resource: a bucket policy, or the trust of an IAM role. @default - none */
  readonly resourcePolicy?: PolicyDocument;
  readonly request: Request;
}

const DECISIONS: { readonly [Result in EvaluationResult]: Decision } = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
};

/**
 * Decides as IAM would. Service control policies, boundaries and sessions are left out: they only take away.
 *
 * @throws PolicyEvaluationError for an action, ARN or condition key that does not exist, and for an invalid policy
 */
export async function evaluate({ identityPolicies = [], resourcePolicy, request }: Evaluation): Promise<Decision> {
  const { principal, action, resource, resourceAccount, context } = request;
  const outcome = await runSimulation(
    {
      request: {
        principal: principal === 'anonymous' ? anonymousPrincipal : principal,
        action,
        resource: { resource, accountId: resourceAccount ?? (accountOf(resource) || accountOf(principal)) },
        contextVariables: { ...contextOf(principal), ...copied(context) },
      },
      identityPolicies: identityPolicies.map((policy, index) => ({ name: `policy ${index + 1}`, policy })),
      resourcePolicy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === 'error') throw new PolicyEvaluationError(JSON.stringify(outcome.errors));
  const results = outcome.resultType === 'single' ? [outcome.result] : outcome.results;
  const given = Object.keys(context ?? {}).map((key) => key.toLowerCase());
  const ignored = results.flatMap(({ ignoredContextKeys = [] }) => ignoredContextKeys);
  const misspelt = ignored.filter((key) => given.includes(key.toLowerCase()));
  if (misspelt.length > 0) {
    throw new PolicyEvaluationError(
      `\`context\` must hold condition keys of ${action}, got: ${misspelt.join(', ')}. Look them up in the Service Authorization Reference.`,
    );
  }
  return DECISIONS[outcome.overallResult];
}

/** What AWS adds to a request by itself. An unsigned one carries no key of a principal. */
function contextOf(principal: string): { [key: string]: string } {
  if (principal === 'anonymous') return { 'aws:SecureTransport': 'true' };
  if (!principal.startsWith('arn:')) {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal,
      'aws:SecureTransport': 'true',
    };
  }
  return {
    'aws:PrincipalArn': roleOf(principal),
    'aws:PrincipalAccount': accountOf(principal),
    'aws:PrincipalIsAWSService': 'false',
    'aws:SecureTransport': 'true',
  };
}

/** For a session, AWS gives the ARN of its IAM role. */
function roleOf(principal: string): string {
  return principal.replace(/^(arn:[a-z-]+):sts:(:\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam:$2:role/$3');
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function copied(context: Request['context'] = {}): { [key: string]: string | string[] } {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
}
