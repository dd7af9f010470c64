import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';

/** An account that answers what the commands ask before they hand over to the CDK CLI. */
export interface FakeAccount {
  readonly account: string;
  readonly isBootstrapped: boolean;
  readonly stacks: readonly string[];
  /** Error code of every answer. @default - none */
  readonly error?: string;
}

/** As much of STS, SSM and CloudFormation as that takes. */
export async function startAccount(account: FakeAccount): Promise<AwsEndpoint> {
  return startEndpoint((asked) =>
    account.error ? asked.refuse(account.error, account.error, 403) : answer(account, asked),
  );
}

function answer({ account, isBootstrapped, stacks }: FakeAccount, { action, refuse }: Asked): Answer {
  switch (action) {
    case 'GetCallerIdentity':
      return xml(action, `<Account>${account}</Account><Arn>arn:aws:iam::${account}:user/u</Arn>`);
    case 'GetParameter':
      if (!isBootstrapped) return refuse('ParameterNotFound', 'none');
      return json({ Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' } });
    case 'ListStacks': {
      const members = stacks
        .map((name) => `<member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member>`)
        .join('');
      return xml(action, `<StackSummaries>${members}</StackSummaries>`);
    }
    default:
      throw new Error('not expected');
  }
}
