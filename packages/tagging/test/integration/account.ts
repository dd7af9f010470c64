import {
  type Answer,
  type Asked,
  type AwsEndpoint,
  environmentFor,
  json,
  jsonError,
  runInProcess,
  startEndpoint,
  xml,
  xmlError,
} from '@user-metrics/aws-endpoint';

/** A resource of a made-up account. */
export interface FakeResource {
  readonly logicalId: string;
  readonly type: string;
  readonly id: string;
  readonly tags: { readonly [key: string]: string };
  /** ARN by which the tagging API lists it. @default - it does not */
  readonly arn?: string;
}

/** A made-up account. */
export interface FakeAccount {
  readonly stacks: { readonly [name: string]: readonly FakeResource[] };
  /** What stacks left behind, by the name and the id of the stack: the tagging API lists it, its stack does not. */
  readonly kept?: readonly (FakeResource & { readonly stack: string; readonly stackId?: string })[];
  /** Value of the SSM parameter with the state of the cost allocation tags. @default - there is none */
  readonly costTags?: string;
  /** Actions answered by an error, each as often as its error stands here; `undefined` stands for a right answer. */
  readonly errors?: { [action: string]: (Answer | undefined)[] };
}

export function startAccount(account: FakeAccount): Promise<AwsEndpoint> {
  return startEndpoint((asked) => answer(account, asked));
}

/** Runs the bundled command against an endpoint that answers two of anything a page. */
export async function runCommand(account: FakeAccount, ...args: string[]) {
  const endpoint = await startAccount(account);
  try {
    const { main } = require('../../assets/tag-compliance');
    const { result: code, ...written } = await runInProcess<number>(environmentFor(endpoint), () => main(args));
    return { code, ...written, asked: endpoint.asked };
  } finally {
    await endpoint.close();
  }
}

const PAGE = 2;

/** ARN of the stack that has a name now. */
const stackIdOf = (name: string) => `arn:aws:cloudformation:us-east-1:111111111111:stack/${name}/now`;

function pageOf<Item>(all: readonly Item[], token: unknown): { items: readonly Item[]; next?: string } {
  const start = Number(token || 0);
  const items = all.slice(start, start + PAGE);
  return start + PAGE < all.length ? { items, next: String(start + PAGE) } : { items };
}

function answer(account: FakeAccount, asked: Asked): Answer {
  const { action, parameters } = asked;
  const error = account.errors?.[action]?.shift();
  if (error) return error;
  const resources = Object.values(account.stacks).flat();
  const find = (id: unknown) => resources.find((resource) => resource.id === id);
  switch (action) {
    case 'GetCallerIdentity':
      return xml(action, '<Account>111111111111</Account><Arn>arn:aws:iam::111111111111:user/u</Arn>');
    case 'ListStacks':
      return page(action, 'StackSummaries', Object.keys(account.stacks), parameters['NextToken'], (name) => ({
        StackName: name,
        StackId: stackIdOf(name),
        StackStatus: 'CREATE_COMPLETE',
      }));
    case 'ListStackResources':
      return page(
        action,
        'StackResourceSummaries',
        Object.entries(account.stacks).find(([name]) =>
          [name, stackIdOf(name)].includes(String(parameters['StackName'])),
        )?.[1] ?? [],
        parameters['NextToken'],
        ({ logicalId, type, id }) => ({
          LogicalResourceId: logicalId,
          PhysicalResourceId: id,
          ResourceType: type,
          ResourceStatus: 'CREATE_COMPLETE',
        }),
      );
    case 'GetParameter':
      if (account.costTags === undefined) return jsonError('ParameterNotFound');
      return json({ Parameter: { Name: parameters['Name'], Type: 'String', Value: account.costTags } });
    case 'GetResources':
      return json(getResources(account, parameters));
    case 'ListRoles': {
      const roles = resources.filter(({ type }) => type === 'AWS::IAM::Role');
      return xml(
        action,
        `<Roles>${roles.map(({ id }) => element('member', { RoleName: id, Path: '/' })).join('')}</Roles>`,
      );
    }
    case 'ListRoleTags': {
      const role = find(parameters['RoleName']);
      if (!role) return xmlError('NoSuchEntity', `There is no role ${parameters['RoleName']}`);
      const { items, next } = pageOf(Object.entries(role.tags), parameters['Marker']);
      const members = items.map(([Key, Value]) => element('member', { Key, Value })).join('');
      const marker = next
        ? `<IsTruncated>true</IsTruncated><Marker>${next}</Marker>`
        : '<IsTruncated>false</IsTruncated>';
      return xml(action, `<Tags>${members}</Tags>${marker}`);
    }
    case 'GetResource': {
      const found = find(parameters['Identifier']);
      if (found?.type !== parameters['TypeName']) return jsonError('ResourceNotFoundException');
      const Properties = JSON.stringify({ Tags: asList(found?.tags ?? {}) });
      return json({ TypeName: found?.type, ResourceDescription: { Identifier: found?.id, Properties } });
    }
    case 'ListTagsForResource': {
      const name = String(parameters['ResourceARN']).split('/').pop();
      return json({ ResourceTags: asList(find(name)?.tags ?? {}) });
    }
    default:
      return jsonError('UnknownOperationException', action);
  }
}

function getResources(
  { stacks, kept = [] }: FakeAccount,
  { TagFilters, PaginationToken }: Asked['parameters'],
): object {
  const [{ Key, Values = [] } = { Key: '' }] = TagFilters as { Key: string; Values?: string[] }[];
  const current = Object.entries(stacks).flatMap(([stack, own]) => own.map((one) => ({ ...one, stack })));
  const all = [...current, ...kept].map((one) => ({ stackId: stackIdOf(one.stack), ...one }));
  const listed = all
    .filter(({ arn }) => arn)
    .map(({ arn, tags, logicalId, stack, stackId }) => ({
      arn,
      tags: {
        ...tags,
        'aws:cloudformation:stack-name': stack,
        'aws:cloudformation:stack-id': stackId,
        'aws:cloudformation:logical-id': logicalId,
      },
    }));
  const meant = listed.filter(({ tags }) => {
    const value = (tags as { [key: string]: string })[Key];
    return value !== undefined && (Values.length === 0 || Values.includes(value));
  });
  const { items, next = '' } = pageOf(meant, PaginationToken);
  return {
    ResourceTagMappingList: items.map(({ arn, tags }) => ({ ResourceARN: arn, Tags: asList(tags) })),
    PaginationToken: next,
  };
}

function page<Item>(
  action: string,
  list: string,
  all: readonly Item[],
  token: unknown,
  describe: (item: Item) => { [name: string]: string },
): Answer {
  const { items, next } = pageOf(all, token);
  const members = items.map((item) => element('member', describe(item))).join('');
  return xml(action, `<${list}>${members}</${list}>${next ? `<NextToken>${next}</NextToken>` : ''}`);
}

function element(name: string, values: { [name: string]: string }): string {
  const inner = Object.entries(values).map(([key, value]) => `<${key}>${value}</${key}>`);
  return `<${name}>${inner.join('')}</${name}>`;
}

function asList(values: { readonly [key: string]: string }): object[] {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}
