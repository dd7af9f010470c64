import {
  GrafanaRole,
  LambdaTelemetryPolicy,
  OpenReplayTaskRole,
  TaskExecutionRole,
  UmamiTaskRole,
} from '@user-metrics/access';
import { ExistingNetwork, SecurityGroups } from '@user-metrics/network';
import { CONTRACT, type ContractName, parameterName } from '@user-metrics/sst/contract';
import { SessionReplayBucket } from '@user-metrics/storage';
import { PUBLISHED_NAMES, publishedParameterName } from '@user-metrics/tagging/published';
import { UmamiDatabase } from '@user-metrics/umami-db';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { assemblyOf, ofType } from './modes';

const STAGE = { stage: 'dev' };

/** Names and types of the parameters that a stack with every import reads. */
function imported(): { readonly [name: string]: string } {
  const stack = new Stack(new App(), 'Consumer');
  const vpc = ExistingNetwork.fromPublishedContract(stack, 'Vpc', STAGE);
  const groups = SecurityGroups.fromPublishedContract(stack, 'Groups', STAGE);
  const database = UmamiDatabase.fromPublishedContract(stack, 'Database', STAGE);
  const bucket = SessionReplayBucket.fromPublishedContract(stack, 'Recordings', STAGE);
  TaskExecutionRole.fromPublishedContract(stack, 'TaskExecutionRole', STAGE);
  UmamiTaskRole.fromPublishedContract(stack, 'UmamiTaskRole', STAGE);
  OpenReplayTaskRole.fromPublishedContract(stack, 'OpenReplayTaskRole', STAGE);
  GrafanaRole.fromPublishedContract(stack, 'GrafanaRole', STAGE);
  LambdaTelemetryPolicy.fromPublishedContract(stack, 'LambdaTelemetryPolicy', STAGE);
  // What is read when it is used.
  void [groups.loadBalancer, groups.umami, groups.openReplay, groups.databaseFunction, groups.applicationFunctions];
  void [database.secret, database.schemaName, database.databaseRoleName, database.verificationFunction];
  void bucket.deletionDelayDays;
  stack.resolve([vpc.vpcId, ...[...vpc.publicSubnets, ...vpc.privateSubnets].map(({ subnetId }) => subnetId)]);
  const parameters = Template.fromStack(stack).findParameters('*', {});
  return Object.fromEntries(
    Object.values(parameters)
      .filter(({ Default }) => String(Default).startsWith('/user-metrics/'))
      .map(({ Default, Type }) => [Default, /List</.test(Type) ? 'StringList' : 'String']),
  );
}

/** The same of what the stacks of a stage publish. */
function published(): { readonly [name: string]: string } {
  const parameters = ofType(
    assemblyOf(() => {}),
    'AWS::SSM::Parameter',
  );
  return Object.fromEntries(
    parameters.flatMap(({ Name, Type }) => (String(Name).startsWith('/user-metrics/dev/') ? [[Name, Type]] : [])),
  );
}

test('the constructs import every value that a stage publishes, but its tags, by name and type', () => {
  const { [parameterName('dev', 'tags')]: tags, ...others } = published();
  expect(tags).toBe('String');
  expect(imported()).toEqual(others);
});

test('the packages name the values as the contract of the SST side does', () => {
  expect(['tags', ...PUBLISHED_NAMES].sort()).toEqual(Object.keys(CONTRACT).sort());
  for (const name of PUBLISHED_NAMES)
    expect(publishedParameterName('pr-12', name)).toBe(parameterName('pr-12', name satisfies ContractName));
});
