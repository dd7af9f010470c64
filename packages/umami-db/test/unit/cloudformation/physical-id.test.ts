import type { CdkCustomResourceEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
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

const changed = (key: string) => event('Update', { ResourceProperties: { ...PROPERTIES, [key]: 'new' } });

const BACK = event('Update', {
  RequestId: 'request-3',
  PhysicalResourceId: 'metrics-request-2',
  OldResourceProperties: { ...PROPERTIES, Schema: 'metrics' },
});

test.each<[string, CdkCustomResourceEvent, string]>([
  ['is made from the schema and the request when the resource is', event('Create'), 'umami-request-2'],
  ['is another one for each resource of a stack', event('Create', { RequestId: 'request-3' }), 'umami-request-3'],
  ['stays when nothing changes', event('Update'), 'umami-request-1'],
  ['is the one that was given when the resource is deleted', event('Delete'), 'umami-request-1'],
  ['needs no properties then', event('Delete', { ResourceProperties: {} }), 'umami-request-1'],
  ['is a new one when the database changes', changed('Database'), 'umami-request-2'],
  ['is a new one when the schema changes', changed('Schema'), 'new-request-2'],
  ['is a new one when the database role changes', changed('DatabaseRole'), 'umami-request-2'],
  ['is a third one when a rollback changes the schema back', BACK, 'umami-request-3'],
])('the physical id %s', (_, given, id) => {
  expect(physicalId(given)).toBe(id);
});

test.each(['Owner', 'Host', 'Port', 'AdminSecretArn', 'SecretArn', 'UmamiAdministrator', 'CodeFingerprint'])(
  'the physical id stays when %s changes, for schema and role are the same',
  (key) => {
    expect(physicalId(changed(key))).toBe('umami-request-1');
  },
);
