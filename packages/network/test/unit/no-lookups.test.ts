import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { ExistingNetwork, NetworkInsideVpc, NewNetwork } from '../../src';
import { existing, INSIDE, vpcIn, ZONES } from './template';

// In a stack with a known account CDK leaves a list of what it has to look up there; an agnostic one never does.

const own = { block: INSIDE.block, availabilityZones: ZONES };

test.each<[string, (stack: Stack) => object]>([
  ['inside', (stack) => new NetworkInsideVpc(stack, 'Network', { vpc: vpcIn(stack), ...INSIDE, flowLogs: true })],
  ['new', (stack) => new NewNetwork(stack, 'Network', { ...own, flowLogs: true })],
  ['existing', (stack) => new ExistingNetwork(stack, 'Network', existing(stack))],
])('synth needs no context lookups: %s', (_, create) => {
  const app = new App();
  create(new Stack(app, 'Stack', { env: { account: '111111111111', region: 'us-east-1' } }));
  expect(app.synth().manifest.missing ?? []).toEqual([]);
});

test("the stack's own zones are what they were", () => {
  class ZonedStack extends Stack {
    override get availabilityZones(): string[] {
      return ['us-east-1e', 'us-east-1f'];
    }
  }
  const stack = new ZonedStack(new App(), 'Stack', { env: { account: '111111111111', region: 'us-east-1' } });
  new NewNetwork(stack, 'Network', own);
  expect(stack.availabilityZones).toEqual(['us-east-1e', 'us-east-1f']);
  expect(Object.hasOwn(stack, 'availabilityZones')).toBe(false);
});
