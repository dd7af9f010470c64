import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import { CONTRACT } from '@user-metrics/sst/contract';
import { READABLE_TYPES } from '../../src/account/resource-tags';
import { COST_OUTPUTS } from '../../src/stacks/stack-names';

const ACCOUNT = '111122223333';
const TAGS = JSON.stringify({ Project: 'x', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'x', Owner: 'x' });

/** An account with a stage of one resource of each type that has tags; what the criteria want of it is not there. */
export interface VerifiedAccount extends AwsEndpoint {
  /** Service that denies every call, by the name that requests are signed for. @default - none */
  deniedService?: string;
  /** Stages that have stacks. */
  stages: string[];
  /** How often each call is throttled before it is answered. @default 0 */
  throttled?: number;
}

export async function startVerifiedAccount(): Promise<VerifiedAccount> {
  const seen = new Map<string, number>();
  const endpoint = await startEndpoint((asked) => {
    if (asked.service === account.deniedService) return asked.refuse(denialOf(asked), 'denied', 403);
    const times = (seen.get(asked.action) ?? 0) + 1;
    seen.set(asked.action, times);
    if (times <= (account.throttled ?? 0)) return asked.refuse('ThrottlingException', 'Rate exceeded', 429);
    return answer(asked, account.stages);
  });
  const account: VerifiedAccount = Object.assign(endpoint, { stages: ['dev'] });
  return account;
}

function denialOf({ service }: Asked): string {
  return service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDenied';
}

function answer({ action, parameters, service }: Asked, stages: readonly string[]): Answer {
  switch (action) {
    case 'GetCallerIdentity':
      return xml(action, `<Account>${ACCOUNT}</Account>`);
    case 'ListStacks':
      return xml(action, `<StackSummaries>${stages.map(stackOf).join('')}</StackSummaries>`);
    case 'ListStackResources':
      return xml(action, `<StackResourceSummaries>${READABLE_TYPES.map(resourceOf).join('')}</StackResourceSummaries>`);
    case 'DescribeStacks':
      return xml(
        action,
        `<Stacks><member><StackName>x</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-01T00:00:00Z</CreationTime><Outputs>${Object.values(COST_OUTPUTS).map(outputOf).join('')}</Outputs></member></Stacks>`,
      );
    case 'GetParametersByPath':
      return json({
        Parameters: Object.entries(CONTRACT).map(([name, { type }]) => ({
          Name: `/user-metrics/dev/${name}`,
          Type: type,
          Value: name === 'tags' ? TAGS : 'x',
        })),
      });
    case 'GetParameter': {
      const name = String(parameters['Name']).split('/').at(-1);
      return json({ Parameter: { Value: name?.endsWith('arn') ? `arn:aws:x:us-east-1:${ACCOUNT}:x/${name}` : name } });
    }
    default:
      if (service === 's3' || service === 'cloudfront')
        return { status: 200, type: 'application/xml', body: '<Empty/>' };
      // Services with the query protocol answer in XML.
      return ['ec2', 'iam', 'sns', 'rds'].includes(service) ? xml(action, '') : json({});
  }
}

function resourceOf(type: string, index: number): string {
  return `<member><LogicalResourceId>R${index}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>r-${index}</PhysicalResourceId></member>`;
}

function outputOf(key: string): string {
  return `<member><OutputKey>${key}</OutputKey><OutputValue>arn:aws:sns:us-east-1:${ACCOUNT}:x</OutputValue></member>`;
}

function stackOf(stage: string): string {
  return `<member><StackName>UserMetrics-${stage}-Network</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member>`;
}
