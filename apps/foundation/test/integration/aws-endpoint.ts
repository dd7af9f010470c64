import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Template } from '../../src/lifecycle/exports/template';

/** An account that answers what the commands ask before they hand over to the CDK CLI. */
export interface FakeAccount {
  readonly account: string;
  readonly isBootstrapped: boolean;
  readonly stacks: readonly string[];
  /** Templates of stacks that are deployed, by name. @default - none */
  readonly templates?: ReadonlyMap<string, Template>;
  /** Stacks that import an export, by its name. @default - none */
  readonly importers?: { readonly [exportName: string]: readonly string[] };
  /** Actions that nobody may call. @default - none */
  readonly denied?: readonly string[];
  /** Error code of every answer. @default - none */
  readonly error?: string;
}

/** A local endpoint that speaks as much of STS, SSM and CloudFormation as that takes. */
export async function startAccount(account: FakeAccount): Promise<{ url: string; asked: string[]; stop(): void }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const form = new URLSearchParams(target ? '' : await text(request));
    const action = target.split('.')[1] ?? form.get('Action') ?? '';
    asked.push(action);
    const { status, type, body } = account.denied?.includes(action)
      ? xmlError(403, 'AccessDenied', `not authorized to perform: cloudformation:${action}`)
      : answer(account, action, form);
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
  { account, isBootstrapped, stacks, templates, importers, error }: FakeAccount,
  action: string,
  form: URLSearchParams,
): { status: number; type: string; body: string } {
  if (error) return xmlError(403, error, error);
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
    case 'DescribeStacks': {
      const name = form.get('StackName') ?? '';
      const template = templates?.get(name);
      if (!template) return xmlError(400, 'ValidationError', `Stack with id ${name} does not exist`);
      const outputs = Object.entries(template.Outputs ?? {}).map(([key, output]) =>
        member({ OutputKey: key, OutputValue: 'x', ExportName: String(output.Export?.Name ?? '') }),
      );
      const stack = `<StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>`;
      return result(action, `<Stacks><member>${stack}<Outputs>${outputs.join('')}</Outputs></member></Stacks>`);
    }
    case 'GetTemplate': {
      const body = JSON.stringify(templates?.get(form.get('StackName') ?? ''));
      return result(action, `<TemplateBody>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</TemplateBody>`);
    }
    case 'ListImports': {
      const name = form.get('ExportName') ?? '';
      const found = importers?.[name];
      if (!found) return xmlError(400, 'ValidationError', `Export '${name}' is not imported by any stack.`);
      // One a page.
      const start = Number(form.get('NextToken') ?? 0);
      const next = start + 1 < found.length ? `<NextToken>${start + 1}</NextToken>` : '';
      return result(action, `<Imports><member>${found[start]}</member></Imports>${next}`);
    }
    default:
      return xmlError(400, 'Unexpected', `Unexpected call of ${action}`);
  }
}

function member(values: { readonly [name: string]: string }): string {
  const inner = Object.entries(values).flatMap(([key, value]) => (value ? [`<${key}>${value}</${key}>`] : []));
  return `<member>${inner.join('')}</member>`;
}

function result(action: string, body: string) {
  return xml(200, `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>`);
}

function xmlError(status: number, code: string, message: string) {
  return xml(status, `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`);
}

function xml(status: number, body: string) {
  return { status, type: 'text/xml', body };
}

function json(status: number, body: object) {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(body) };
}
