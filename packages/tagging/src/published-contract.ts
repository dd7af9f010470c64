import { ParameterValueType, StringListParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { checkProps, type Rules, text } from './props';

/** Which stage of the foundation to import from. */
export interface PublishedContractProps {
  /** Name of a deployed stage of the foundation: letters, digits and -, starting with a letter, at most 32 characters. */
  readonly stage: string;
}

/** Values that a stage of the foundation publishes as SSM parameters, and that constructs import. */
export const PUBLISHED_NAMES = [
  'network/vpc-id',
  'network/public-subnet-ids',
  'network/private-subnet-ids',
  'network/load-balancer-security-group-id',
  'network/umami-security-group-id',
  'network/openreplay-security-group-id',
  'network/database-function-security-group-id',
  'network/application-functions-security-group-id',
  'access/task-execution-role-arn',
  'access/umami-task-role-arn',
  'access/openreplay-task-role-arn',
  'access/lambda-telemetry-policy-arn',
  'access/grafana-role-arn',
  'database/secret-arn',
  'database/schema-name',
  'database/role-name',
  'database/verification-function-name',
  'storage/replay-bucket-name',
  'storage/deletion-delay-days',
] as const;

/** Name of a published value. */
export type PublishedName = (typeof PUBLISHED_NAMES)[number];

const RULES: Rules<PublishedContractProps> = {
  stage: text(
    'a stage name: letters, digits and -, starting with a letter, at most 32 characters',
    'Give a stage that the foundation has deployed, such as dev.',
    /^[A-Za-z][A-Za-z0-9-]{0,31}$/,
  ),
};

/** Name of the SSM parameter of a published value. */
export function publishedParameterName(stage: string, name: PublishedName): string {
  return `/user-metrics/${stage}/${name}`;
}

/** The published values of one stage, as seen from one stack. */
export interface PublishedValues {
  /** A value that is one text. */
  text(name: PublishedName): string;
  /** Subnet ids of a list. */
  subnetIds(name: PublishedName): string[];
}

/**
 * Reads published values as parameters of CloudFormation: each deployment takes the present value, with no context lookups.
 * Only values that are asked for become parameters of the stack.
 *
 * @param scope a construct of the stack that needs the values; it must be in the account and Region of the stage
 * @param props the stage
 * @param ErrorType class of the error
 * @throws ErrorType for what is no stage name, and for a token
 */
export function publishedValues(
  scope: Construct,
  props: PublishedContractProps,
  ErrorType: new (message: string) => Error,
): PublishedValues {
  checkProps(props, RULES, ErrorType);
  if (Token.isUnresolved(props.stage))
    throw new ErrorType(
      '`stage` must be known at synth, got: a token. Give a text: the names of SSM parameters cannot be computed at deployment.',
    );
  const stack = Stack.of(scope);
  const { AWS_EC2_SUBNET_ID } = ParameterValueType;
  const parameter = (name: PublishedName) => publishedParameterName(props.stage, name);
  return {
    text: (name) => StringParameter.valueForStringParameter(stack, parameter(name)),
    subnetIds: (name) => StringListParameter.valueForTypedListParameter(stack, parameter(name), AWS_EC2_SUBNET_ID),
  };
}
