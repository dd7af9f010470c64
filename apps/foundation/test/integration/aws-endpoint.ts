import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An account that answers what the commands ask before they hand over to the CDK CLI. */
export interface FakeAccount {
  readonly account: string;
  readonly isBootstrapped: boolean;
  readonly stacks: readonly string[];
  /** Error code of every answer. @default - none */
  readonly error?: string;
}

/** A local endpoint that speaks as much of STS, SSM and CloudFormation as that takes. */
export async function startAccount(account: FakeAccount): Promise<{ url: string; asked: string[]; stop(): void }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const action = target.split('.')[1] ?? new URLSearchParams(await text(request)).get('Action') ?? '';
    asked.push(action);
    const { status, type, body } = answer(account, action);
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop };
}

function answer(
  { account, isBootstrapped, stacks, error }: FakeAccount,
  action: string,
): { status: number; type: string; body: string } {
  if (error)
    return xml(403, `<ErrorResponse><Error><Code>${error}</Code><Message>${error}</Message></Error></ErrorResponse>`);
  switch (action) {
    case 'GetCallerIdentity':
      return xml(
        200,
        `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/u</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    case 'GetParameter':
      if (!isBootstrapped) return json(400, { __type: 'ParameterNotFound' });
      return json(200, { Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' } });
    case 'ListStacks': {
      const members = stacks
        .map((name) => `<member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member>`)
        .join('');
      return xml(
        200,
        `<ListStacksResponse><ListStacksResult><StackSummaries>${members}</StackSummaries></ListStacksResult></ListStacksResponse>`,
      );
    }
    default:
      return xml(
        400,
        `<ErrorResponse><Error><Code>Unexpected</Code><Message>Unexpected call of ${action}</Message></Error></ErrorResponse>`,
      );
  }
}

function xml(status: number, body: string) {
  return { status, type: 'text/xml', body };
}

function json(status: number, body: object) {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(body) };
}
