import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

export function newStack(region = 'eu-central-1'): Stack {
  return new Stack(new App({ context: recommendedFlags }), 'Stack', { env: { account: '111111111111', region } });
}

/** The resources of a type: logical id and properties. */
export function ofType(stack: Stack, type: string) {
  const resources = Object.entries(Template.fromStack(stack).findResources(type));
  return resources.map(([logicalId, { Properties }]) => ({ logicalId, properties: Properties }));
}
