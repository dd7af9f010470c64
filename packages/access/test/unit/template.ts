import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** A statement of a policy in a template. */
export type Statement = {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
};

type Document = { readonly Statement: readonly Statement[] };

type Properties = {
  readonly AssumeRolePolicyDocument?: Document;
  readonly Policies?: readonly { readonly PolicyDocument: Document }[];
  readonly PolicyDocument?: Document;
  readonly ManagedPolicyArns?: readonly string[];
  readonly Description?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
};

export type Resource = { readonly Type: string; readonly Properties: Properties };

export function newStack(env?: { account: string; region: string }): Stack {
  return new Stack(new App({ context: recommendedFlags }), 'Stack', env ? { env } : {});
}

export const ENV = { account: '111111111111', region: 'us-east-1' };

/** The resources of a stack, with references written into the texts: `arn:<AWS::Partition>:logs:…`. */
export function resourcesOf(stack: Stack): Resource[] {
  return Object.values(written(Template.fromStack(stack).toJSON().Resources ?? {}) as { [id: string]: Resource });
}

/** The statements that grant rights, of roles and managed policies. */
export function grantsOf({ Properties }: Resource): Statement[] {
  const documents = [
    ...(Properties.Policies ?? []).map(({ PolicyDocument }) => PolicyDocument),
    Properties.PolicyDocument,
  ];
  return documents.flatMap((document) => document?.Statement ?? []);
}

/** A value that a template gives as one or as a list. */
export function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::Join': join, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  if (Ref) return `<${Ref}>`;
  if (join) return join[1].map(written).join(join[0]);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, written(each)]));
}
