import { type Answer, type Asked, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import type { DatabaseSnapshot } from '@user-metrics/umami-db/verification';

/** Stacks with one resource each: of the stage `dev`, and of another one, which is broken. */
const STACKS: { readonly [name: string]: readonly [type: string, physicalId: string] } = {
  'UserMetrics-dev-Network': ['AWS::EC2::SecurityGroup', 'sg-ours'],
  'UserMetrics-prod-Network': ['AWS::EC2::VPC', 'vpc-ours'],
};

/** What the account holds of others, as few of it as shows pages and details; an empty one holds nothing. */
export interface SnapshotAccount {
  /** @default false */
  readonly isEmpty?: boolean;
  /** Actions that nobody may call, by their beginnings. @default - none */
  readonly denied?: readonly string[];
  /** What the database function answers; an `errorMessage` is its error. @default DATABASE */
  readonly function?: object;
  /** How often each action is throttled before it is answered. @default 0 */
  readonly throttled?: number;
}

/** What the database function answers. */
export const DATABASE: DatabaseSnapshot = {
  ...{ action: 'snapshot', database: 'shop', server: '17.4', serverObjects: { 'database role shop': '1' } },
  ...{ schemas: { app: { owner: 'shop', counts: { table: 2 }, catalog: 'c', grants: 'g' } } },
  ...{ umami: { schemas: {}, serverObjects: { 'database role umami': '2' } }, leftOut: [] },
};

/** Answers what a snapshot asks. */
export function startSnapshotAccount(account: SnapshotAccount) {
  const { isEmpty = false, denied = [], throttled = 0 } = account;
  const times = new Map<string, number>();
  return startEndpoint((asked) => {
    const { action } = asked;
    if (denied.some((beginning) => action.startsWith(beginning))) return asked.refuse('AccessDenied', 'no', 403);
    const key = `${action} ${asked.parameters['NextToken'] ?? ''}`;
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    if (time <= throttled) return asked.refuse('ThrottlingException', 'slow down', 429);
    return (isEmpty ? undefined : answer(asked, account)) ?? nothing(asked);
  });
}

/** As much of a list as there is: none. */
function nothing({ action }: Asked): Answer {
  if (action === 'GetCallerIdentity') return xml(action, '<Account>111122223333</Account>');
  if (action.startsWith('GET /2015-03-31/functions')) return json({});
  if (/^(GET|HEAD) /.test(action)) return { status: 200, type: 'application/xml', body: '<Result/>' };
  return /^(Describe(Alarms|Budgets)|ListDashboards|ListCostAllocationTags|GetResources)/.test(action)
    ? json({})
    : xml(action, '');
}

function answer(
  { action, parameters, refuse }: Asked,
  { function: says = DATABASE }: SnapshotAccount,
): Answer | undefined {
  switch (action) {
    case 'GetParameter':
      return json({ Parameter: { Value: 'UmamiVerification' } });
    case 'POST /2015-03-31/functions/UmamiVerification/invocations':
      return { ...json(says), ...('errorMessage' in says ? { headers: { 'X-Amz-Function-Error': 'Unhandled' } } : {}) };
    case 'ListStacks': {
      const members = Object.keys(STACKS).map(
        (name) =>
          `<member><StackName>${name}</StackName><StackStatus>${name.includes('prod') ? 'UPDATE_ROLLBACK_FAILED' : 'CREATE_COMPLETE'}</StackStatus></member>`,
      );
      return xml(action, `<StackSummaries>${members.join('')}</StackSummaries>`);
    }
    case 'ListStackResources': {
      const [type, id] = STACKS[String(parameters['StackName'])] ?? [];
      return xml(
        action,
        `<StackResourceSummaries><member><LogicalResourceId>One</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${id}</PhysicalResourceId></member></StackResourceSummaries>`,
      );
    }
    case 'DescribeVpcs':
      return ec2(action, '<vpcSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-ours</vpcId></item></vpcSet>');
    case 'DescribeSecurityGroups': {
      // One group a page.
      const groups = ['sg-0a1b2c3d4e5f60718:vpc-0a1b2c3d4e5f60718', 'sg-ours:vpc-1', 'sg-default:vpc-ours'];
      const page = Number(parameters['NextToken'] ?? 0);
      const [id, vpc] = groups[page]?.split(':') ?? [];
      const next = page + 1 < groups.length ? `<nextToken>${page + 1}</nextToken>` : '';
      return ec2(
        action,
        `<securityGroupInfo><item><groupId>${id}</groupId><vpcId>${vpc}</vpcId></item></securityGroupInfo>${next}`,
      );
    }
    case 'DescribeSecurityGroupRules': {
      const rule = (id: string, source: string) =>
        `<item><securityGroupRuleId>${id}</securityGroupRuleId><groupId>sg-0a1b2c3d4e5f60718</groupId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><toPort>5432</toPort>${source}</item>`;
      const of = (group: string) => `<referencedGroupInfo><groupId>${group}</groupId></referencedGroupInfo>`;
      return ec2(
        action,
        `<securityGroupRuleSet>${rule('sgr-1', of('sg-ours'))}${rule('sgr-2', of('sg-9'))}${rule('sgr-3', '<cidrIpv4>10.0.0.0/8</cidrIpv4>')}</securityGroupRuleSet>`,
      );
    }
    case 'GET /2015-03-31/functions':
      return json({
        Functions: [{ FunctionName: 'shop', CodeSha256: 'x', Environment: { Variables: { SECRET: 'hidden-value' } } }],
      });
    case 'GET /':
      return {
        status: 200,
        type: 'application/xml',
        body: '<ListAllMyBucketsResult><Buckets><Bucket><Name>front</Name></Bucket></Buckets></ListAllMyBucketsResult>',
      };
    case 'GET /front':
      // Of each part of the configuration there is none but the policy.
      return refuse('NoSuchCORSConfiguration', 'none', 404);
    default:
      return undefined;
  }
}

/** EC2 answers without the element of the result. */
function ec2(action: string, body: string): Answer {
  return { status: 200, type: 'text/xml', body: `<${action}Response>${body}</${action}Response>` };
}
