import type { Clients } from './clients';
import type { LiveResource, Reading } from './finding';
import { readTags } from './per-service';

/** Requests to a service at a time: enough to hide the wait for an answer, few enough for the limits of IAM. */
export const AT_A_TIME = 8;

/** One resource with its tags; what AWS does not tell is neither right nor wrong, and says why. */
export async function readResource(clients: Clients, resource: LiveResource & { type: string }): Promise<Reading> {
  try {
    const tags = await readTags(clients, resource.type, resource.id);
    return { kind: 'tagged', resource: { ...resource, tags } };
  } catch (error) {
    const { name, message } = error as Error;
    return { kind: 'unread', resource: { ...resource, reason: `${name}: ${message}` } };
  }
}
