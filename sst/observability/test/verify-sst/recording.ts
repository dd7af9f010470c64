import { CONTRACT, type ContractName, parameterName } from '../../contract';

/** One resource as SST hands it to the engine. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly [property: string]: unknown };
}

/** What one run of the SST CLI did. */
export interface Run {
  /** Whether the CLI ended without an error. */
  readonly succeeded: boolean;
  readonly resources: readonly Recorded[];
  /** Tags that the engine was told to give every resource. */
  readonly defaultTags: { readonly [key: string]: string };
  /** What the program wrote to stderr. */
  readonly messages: string;
}

/** Answers of the account, by the token of Pulumi's call. */
export type Answers = { readonly [token: string]: unknown };

const VPC_OF = { 'VpcPrivateSubnet1-id': 'vpc-1', 'VpcPrivateSubnet2-id': 'vpc-1', 'subnet-elsewhere': 'vpc-2' };
const SUBNETS = Object.fromEntries(Object.entries(VPC_OF).map(([id, vpcId]) => [id, { vpcId }]));
const PARAMETERS = 'aws:ssm/getParametersByPath:getParametersByPath';

/** An account in which these values of the foundation are published, for stage `dev`. */
export function accountWith(published: { readonly [Name in ContractName]?: string }): Answers {
  const names = (Object.keys(CONTRACT) as ContractName[]).filter((name) => published[name] !== undefined);
  return {
    'aws:ec2/getSubnet:getSubnet': { byId: SUBNETS },
    [PARAMETERS]: {
      names: names.map((name) => parameterName('dev', name)),
      values: names.map((name) => published[name]),
    },
  };
}

/** An account that lets nobody read the foundation's values. */
export const DENIED: Answers = {
  [PARAMETERS]: {
    error:
      'reading SSM Parameters by path: operation error SSM: GetParametersByPath, StatusCode: 400\n' +
      'api error AccessDeniedException: User is not authorized to perform: ssm:GetParametersByPath',
  },
};

/** Every input in which two runs differ, as `type name input`; a resource of one run alone has no input. */
export function differences(before: Run, after: Run): string[] {
  const [left, right] = [byName(before), byName(after)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [one, other] = [left.get(key), right.get(key)];
    if (!one || !other) return [key];
    const inputs = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return inputs
      .filter((input) => JSON.stringify(one[input]) !== JSON.stringify(other[input]))
      .map((input) => `${key} ${input}`);
  });
}

/** Inputs of one resource. */
export function inputsOf(run: Run, name: string): Recorded['inputs'] {
  const found = run.resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`SST made no resource ${name}.`);
  return found.inputs;
}

function byName({ resources }: Run): Map<string, Recorded['inputs']> {
  return new Map(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
}
