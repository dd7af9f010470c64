import { Annotations, App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { CommandError } from '../../src/command-error';
import { annotationsOf } from '../../src/commands/assembly/annotations';
import { assemblyOf, MODES } from './modes';

/** What is said of a stack to which a construct adds its annotations. */
function saidOf(annotate: (annotations: Annotations) => void): string[] {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  annotate(Annotations.of(stack));
  return annotationsOf(app.synth().stacks);
}

test('informations and warnings are told with their place', () => {
  const said = saidOf((annotations) => {
    annotations.addInfo('three subnets');
    annotations.addWarningV2('id', 'too small');
  });
  expect(said).toEqual(['info Stack: three subnets', expect.stringMatching(/^warning Stack: too small/)]);
});

test('an error is one', () => {
  const annotate = (annotations: Annotations) => annotations.addError('no subnets');
  expect(() => saidOf(annotate)).toThrow(new CommandError('error Stack: no subnets'));
});

const DIFFERENCES = [
  'info UserMetrics-dev-Network/Network: 1 public subnets in 1 Availability Zones instead of 2 in 2',
  'info UserMetrics-dev-Network/Network: public subnet subnet-0123456789abcdefa is 10.40.1.0/24 instead of a /27',
  'info UserMetrics-dev-Network/Network: 1 private subnets in 1 Availability Zones instead of 2 in 2',
  'info UserMetrics-dev-Network/Network: private subnet subnet-0123456789abcdefb is 10.40.2.0/24 instead of a /26',
  'info UserMetrics-dev-Network/Network: the subnets lie in 10.40.1.0/24, 10.40.2.0/24 instead of one /24',
];

test.each(MODES)(
  'subnets that exist are told where they differ; nothing else has anything to say: %s',
  (name, change) => {
    expect(annotationsOf(assemblyOf(change).stacks)).toEqual(name === 'existing' ? DIFFERENCES : []);
  },
);
