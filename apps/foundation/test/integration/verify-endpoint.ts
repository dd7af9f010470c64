import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import { CONTRACT } from '@user-metrics/sst/contract';

const ACCOUNT = '111122223333';
const TAGS = JSON.stringify({ Project: 'x', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'x', Owner: 'x' });

/** An account with a stage, as far as the published values are verified; everything else is empty. */
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
      return xml(
        action,
        '<StackResourceSummaries><member><LogicalResourceId>Vpc</LogicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType><PhysicalResourceId>vpc-1</PhysicalResourceId></member></StackResourceSummaries>',
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
      if (service === 's3') return { status: 200, type: 'application/xml', body: '<Empty/>' };
      // Services with the query protocol answer in XML.
      return ['ec2', 'iam', 'sns'].includes(service) ? xml(action, '') : json({});
  }
}

function stackOf(stage: string): string {
  return `<member><StackName>UserMetrics-${stage}-Network</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member>`;
}
