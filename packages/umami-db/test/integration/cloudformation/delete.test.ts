import { describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { deleteEvent } from '../../support/events';
import { makeGate } from '../connection/gate';
import { eachCustomResource } from './custom-resource';

const resource = eachCustomResource();

describe('Delete', () => {
  test('opens no connection, neither to the database nor to Secrets Manager', async () => {
    const gate = await makeGate((socket) => socket.destroy());
    await handler(deleteEvent('umami-request-1', { ...resource.properties, Port: String(gate.port) }));
    await gate.close();

    expect(gate.attempts()).toBe(0);
    expect(resource.manager.requests).toEqual([]);
  });

  test('succeeds when the cluster is gone, nobody listens, and the properties were never right', async () => {
    const gate = await makeGate();

    for (const properties of [{ ...resource.properties, Port: String(gate.port) }, {}, { Port: 'nonsense' }])
      expect(await handler(deleteEvent('some-id', properties))).toEqual({ PhysicalResourceId: 'some-id' });
  });

  test('says what was kept', async () => {
    await handler(deleteEvent('umami-request-1', resource.properties));

    expect(JSON.parse(resource.printed())).toEqual({ request: 'Delete', kept: 'umami-request-1' });
  });
});
