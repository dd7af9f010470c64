import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  LogArchiveBucket,
  type LogArchiveBucketProps,
  LogExport,
  type LogExportProps,
  SessionReplayBucket,
  type SessionReplayBucketProps,
  StorageAlarm,
  type StorageAlarmProps,
} from '../../src';

// Plain JavaScript has no types: a wrong value must fail at synth, not at the deployment or never.

function cases<Props>(
  Type: new (scope: Construct, id: string, props: Props) => Construct,
  right: (stack: Stack) => Partial<Props>,
  wrong: { readonly [Prop in keyof Required<Props>]: unknown },
): void {
  describe(Type.name, () => {
    test.each(
      Object.entries(wrong).flatMap(([prop, value]) => [
        [prop, value],
        [prop, null],
      ]),
    )('refuses %s %j', (prop, value) => {
      const stack = new Stack();
      const create = () => new Type(stack, 'Construct', { ...right(stack), [prop as string]: value } as Props);
      expect(create).toThrow(
        expect.objectContaining({
          name: 'StorageError',
          message: expect.stringMatching(new RegExp(`^\`${prop}\` must be .*, got: `)),
        }),
      );
    });
  });
}

const bucket = (stack: Stack) => Bucket.fromBucketName(stack, 'Bucket', 'archive');
const taskRole = (stack: Stack) =>
  new Role(stack, 'Tasks', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });

cases<SessionReplayBucketProps>(SessionReplayBucket, (stack) => ({ taskRole: taskRole(stack) }), {
  taskRole: 'arn:aws:iam::111122223333:role/Tasks',
  operatorRoles: ['arn:aws:iam::111122223333:role/Operator'],
  retention: 30,
  deletionDelay: '7',
  intelligentTiering: 'yes',
  archiveConfiguration: 1,
  origins: 'https://openreplay.example.com',
  requestMetrics: 'false',
  autoDelete: 'false',
  encryptionKey: 'alias/recordings',
});
cases<LogArchiveBucketProps>(LogArchiveBucket, () => ({}), { preset: 'forever', expiration: 366 });
cases<LogExportProps & { logGroupNames?: never }>(LogExport, (stack) => ({ bucket: bucket(stack), logGroups: [] }), {
  bucket: 'archive',
  logGroupNames: ['audit'],
  logGroups: ['audit'],
});
cases<StorageAlarmProps>(StorageAlarm, (stack) => ({ bucket: bucket(stack) }), { bucket: 'archive', threshold: 100 });
