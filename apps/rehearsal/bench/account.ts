import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Most resources of a stack (CloudFormation quotas), and most of a page of either service. */
const STACK = 500;
const PAGE = 100;

const TAGS = { Project: 'UserMetrics', Environment: 'prod', ManagedBy: 'CDK', CostCenter: 'C', Owner: 'platform' };

/** A made-up account of many compliant resources, behind the protocols of CloudFormation, the tagging API and STS. */
export async function startAccount(resources: number): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const { type, body } = answer(String(request.headers['x-amz-target'] ?? ''), await text(request), resources);
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function answer(target: string, body: string, resources: number): { type: string; body: string } {
  if (target.endsWith('.GetResources')) {
    return { type: 'application/x-amz-json-1.1', body: JSON.stringify(getResources(JSON.parse(body), resources)) };
  }
  const { Action = '', StackName = '', NextToken } = Object.fromEntries(new URLSearchParams(body));
  const result = RESULTS[Action]?.(StackName, Number(NextToken ?? 0), resources) ?? '';
  return {
    type: 'text/xml',
    body: `<${Action}Response><${Action}Result>${result}</${Action}Result></${Action}Response>`,
  };
}

const RESULTS: { readonly [action: string]: (stack: string, start: number, resources: number) => string } = {
  GetCallerIdentity: () => '<Account>111111111111</Account>',
  ListRoles: () => '<Roles/>',
  ListStacks: (_, start, resources) =>
    page(
      'StackSummaries',
      start,
      resources / STACK,
      (index) => `<StackId>UserMetrics-${index}</StackId><StackName>UserMetrics-${index}</StackName>`,
    ),
  ListStackResources: (stack, start) =>
    page(
      'StackResourceSummaries',
      start,
      STACK,
      (index) =>
        `<LogicalResourceId>Topic${index}</LogicalResourceId><PhysicalResourceId>${arnOf(stack, index)}</PhysicalResourceId>` +
        '<ResourceType>AWS::SNS::Topic</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus>',
    ),
};

function page(list: string, start: number, all: number, describe: (index: number) => string): string {
  const members = indexes(start, all).map((index) => `<member>${describe(index)}</member>`);
  const next = start + PAGE < all ? `<NextToken>${start + PAGE}</NextToken>` : '';
  return `<${list}>${members.join('')}</${list}>${next}`;
}

function getResources(
  { TagFilters, PaginationToken }: { TagFilters: { Key: string; Values?: string[] }[]; PaginationToken?: string },
  resources: number,
): object {
  const [stack = 'UserMetrics'] = TagFilters[0]?.Values ?? [];
  const all = TagFilters[0]?.Key === 'Project' ? resources : STACK;
  const start = Number(PaginationToken || 0);
  return {
    ResourceTagMappingList: indexes(start, all).map((index) => ({
      ResourceARN: arnOf(stack, index),
      Tags: Object.entries({ ...TAGS, 'aws:cloudformation:logical-id': `Topic${index}` }).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    })),
    PaginationToken: start + PAGE < all ? String(start + PAGE) : '',
  };
}

function indexes(start: number, all: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(PAGE, all - start)) }, (_, index) => start + index);
}

function arnOf(stack: string, index: number): string {
  return `arn:aws:sns:us-east-1:111111111111:${stack}-${index}`;
}
