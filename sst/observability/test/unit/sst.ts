import { vi } from 'vitest';

/** What SST makes global, as far as this folder uses it: values are known at once, and nothing is deployed. */
export class FakeSst {
  readonly warnings: string[] = [];
  readonly links: { name: string; properties: object }[] = [];
  private readonly changes: ((args: object, options: object, name: string) => void)[] = [];
  subnets = new Map<string, Promise<{ vpcId: string }>>();

  constructor(
    parameters: () => Promise<{ names: string[]; values: string[] }>,
    defaultTags?: { [key: string]: string },
  ) {
    const { warnings, links, changes } = this;
    class Linkable {
      constructor(name: string, { properties }: { properties: object }) {
        links.push({ name, properties });
      }
    }
    vi.stubGlobal('$app', { name: 'shop', stage: 'dev', providers: { aws: { defaultTags: { tags: defaultTags } } } });
    vi.stubGlobal('$util', { output, log: { warn: (message: string) => warnings.push(message) } });
    vi.stubGlobal('sst', { Linkable, aws: { Function: class {} } });
    vi.stubGlobal('aws', {
      ssm: { getParametersByPath: parameters },
      ec2: {
        getSubnet: ({ id }: { id: string }) => this.subnets.get(id) ?? Promise.reject(new Error('no such subnet')),
      },
    });
    vi.stubGlobal('$transform', (_: unknown, change: (typeof changes)[number]) => changes.push(change));
  }

  /** Makes a function as SST does: with the caller's own arguments, which others may share. */
  async makeFunction(name: string, args: FunctionArgs): Promise<Made> {
    for (const change of this.changes) change(args, {}, name);
    const fn = { vpcConfig: args.vpc };
    const { policies, link, transform } = args;
    if (typeof transform?.function === 'function') transform.function(fn, {}, `${name}Function`);
    else Object.assign(fn, transform?.function);
    return {
      ...fn,
      vpcConfig: await resolved(fn.vpcConfig),
      policies: await resolved(policies),
      link: await resolved(link),
    };
  }
}

export interface FunctionArgs {
  policies?: unknown;
  link?: unknown;
  role?: string;
  vpc?: { subnetIds: string[]; securityGroupIds: string[] };
  transform?: { function?: object | ((fn: object, options: object, name: string) => undefined) };
}

interface Made {
  readonly vpcConfig: unknown;
  readonly policies: unknown;
  readonly link: unknown;
}

class Output {
  constructor(readonly value: Promise<unknown>) {}

  apply(next: (value: unknown) => unknown): Output {
    return new Output(this.value.then(next));
  }
}

function output(value: unknown): Output {
  return new Output(resolved(value));
}

async function resolved(value: unknown): Promise<unknown> {
  return value instanceof Output ? value.value : value;
}
