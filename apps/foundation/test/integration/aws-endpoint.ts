import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import type { Template } from '../../src/account/template';

/** An account that answers what the commands ask before they start the CDK CLI. */
export interface FakeAccount {
  readonly account: string;
  /** Whether it is, or a Region in which alone it is. */
  readonly isBootstrapped: boolean | string;
  readonly stacks: readonly string[];
  /** Qualifiers with which it is bootstrapped otherwise. @default - none */
  readonly qualifiers?: readonly string[];
  /** Templates of stacks that are deployed, by name. @default - none */
  readonly templates?: ReadonlyMap<string, Template>;
  /** Stacks that import an export, by its name. @default - none */
  readonly importers?: { readonly [exportName: string]: readonly string[] };
  /** Actions that nobody may call. @default - none */
  readonly denied?: readonly string[];
  /** Beginning of an action that gets no answer, ever. @default - none */
  readonly silentAt?: string;
  /** Error code of every answer. @default - none */
  readonly error?: string;
}

const CREDENTIALS =
  '<Credentials><AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>of the role</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>';

/** As much of STS, SSM and CloudFormation as that takes. */
export async function startAccount(account: FakeAccount): Promise<AwsEndpoint> {
  return startEndpoint((asked) => {
    if (account.silentAt && asked.action.startsWith(account.silentAt)) return new Promise(() => {});
    if (account.error) return asked.refuse(account.error, account.error, 403);
    if (!account.denied?.includes(asked.action)) return answer(account, asked);
    return asked.refuse('AccessDenied', `not authorized to perform: cloudformation:${asked.action}`, 403);
  });
}

function answer(fake: FakeAccount, { action, parameters, refuse, region }: Asked): Answer {
  const { account, isBootstrapped, stacks, templates, importers } = fake;
  const name = String(parameters['StackName'] ?? '');
  switch (action) {
    case 'GetCallerIdentity':
      return xml(action, `<Account>${account}</Account><Arn>arn:aws:iam::${account}:user/u</Arn>`);
    case 'AssumeRole':
      return xml(action, CREDENTIALS);
    case 'GetParameter':
      if (typeof isBootstrapped === 'string' ? region !== isBootstrapped : !isBootstrapped)
        return refuse('ParameterNotFound', 'none');
      return json({ Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String' } });
    case 'GetParametersByPath':
      return json({ Parameters: (fake.qualifiers ?? []).map((name) => ({ Name: `/cdk-bootstrap/${name}/version` })) });
    case 'ListStacks': {
      const members = stacks.map((StackName) => member({ StackName, StackStatus: 'CREATE_COMPLETE' }));
      return xml(action, `<StackSummaries>${members.join('')}</StackSummaries>`);
    }
    case 'DescribeStacks': {
      const template = templates?.get(name);
      if (!template) return refuse('ValidationError', `Stack with id ${name} does not exist`);
      const outputs = Object.entries(template.Outputs ?? {}).map(([key, output]) =>
        member({ OutputKey: key, OutputValue: 'x', ExportName: String(output.Export?.Name ?? '') }),
      );
      const stack = `<StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>`;
      return xml(action, `<Stacks><member>${stack}<Outputs>${outputs.join('')}</Outputs></member></Stacks>`);
    }
    case 'GetTemplate': {
      if (!templates?.has(name)) return refuse('ValidationError', `Stack with id ${name} does not exist`);
      const body = JSON.stringify(templates.get(name));
      return xml(action, `<TemplateBody>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</TemplateBody>`);
    }
    case 'ListImports': {
      const exported = String(parameters['ExportName']);
      const found = importers?.[exported];
      if (!found) return refuse('ValidationError', `Export '${exported}' is not imported by any stack.`);
      // One a page.
      const start = Number(parameters['NextToken'] ?? 0);
      const next = start + 1 < found.length ? `<NextToken>${start + 1}</NextToken>` : '';
      return xml(action, `<Imports><member>${found[start]}</member></Imports>${next}`);
    }
    default:
      if (/^(GET|HEAD) /.test(action)) return { status: 200, type: 'application/xml', body: '<LocationConstraint/>' };
      throw new Error('not expected');
  }
}

function member(values: { readonly [name: string]: string }): string {
  const inner = Object.entries(values).flatMap(([key, value]) => (value ? [`<${key}>${value}</${key}>`] : []));
  return `<member>${inner.join('')}</member>`;
}
