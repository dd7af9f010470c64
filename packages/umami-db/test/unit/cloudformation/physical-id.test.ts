import type { CdkCustomResourceEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { physicalId } from '../../../runtime/cloudformation/physical-id';

const PROPERTIES = { Owner: 'Stack/dev', Database: 'application', Schema: 'umami', DatabaseRole: 'umami_user' };

function event(type: 'Create' | 'Update' | 'Delete', differing: object = {}): CdkCustomResourceEvent {
  return {
    RequestType: type,
    RequestId: 'request-2',
    LogicalResourceId: 'UmamiDatabase',
    ResourceProperties: PROPERTIES,
    ...(type === 'Create' ? {} : { PhysicalResourceId: 'umami-request-1' }),
    ...(type === 'Update' ? { OldResourceProperties: PROPERTIES } : {}),
    ...differing,
  } as unknown as CdkCustomResourceEvent;
}

describe('the physical id', () => {
  test('is made from the schema and the request when the resource is', () => {
    expect(physicalId(event('Create'))).toBe('umami-request-2');
  });

  test('is the same when CloudFormation sends the same event twice', () => {
    expect(physicalId(event('Create'))).toBe(physicalId(event('Create')));
    const replacement = event('Update', { ResourceProperties: { ...PROPERTIES, Schema: 'metrics' } });
    expect(physicalId(replacement)).toBe(physicalId(structuredClone(replacement)));
  });

  test('is another one for each resource of a stack', () => {
    expect(physicalId(event('Create', { RequestId: 'request-3' }))).not.toBe(physicalId(event('Create')));
  });

  test('stays when nothing changes', () => {
    expect(physicalId(event('Update'))).toBe('umami-request-1');
  });

  test.each(['Owner', 'Host', 'Port', 'AdminSecretArn', 'SecretArn', 'UmamiAdministrator', 'CodeFingerprint'])(
    'stays when %s changes, for schema and role are the same',
    (key) => {
      expect(physicalId(event('Update', { ResourceProperties: { ...PROPERTIES, [key]: 'new' } }))).toBe(
        'umami-request-1',
      );
    },
  );

  test.each(['Database', 'Schema', 'DatabaseRole'])('is a new one when %s changes', (key) => {
    const changed = { ...PROPERTIES, [key]: 'new' };

    expect(physicalId(event('Update', { ResourceProperties: changed }))).toBe(
      key === 'Schema' ? 'new-request-2' : 'umami-request-2',
    );
  });

  test('is a third one when a rollback changes the schema back', () => {
    const back = event('Update', {
      RequestId: 'request-3',
      PhysicalResourceId: 'metrics-request-2',
      OldResourceProperties: { ...PROPERTIES, Schema: 'metrics' },
    });

    expect(physicalId(back)).toBe('umami-request-3');
  });

  test('is the one that was given when the resource is deleted', () => {
    expect(physicalId(event('Delete'))).toBe('umami-request-1');
    expect(physicalId(event('Delete', { ResourceProperties: {} }))).toBe('umami-request-1');
  });
});
