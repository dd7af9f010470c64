import { type Clients, clientsFor } from './clients';
import { recordCalls } from './recorded-calls';

/** Clients of a Region; an error of one of their calls then names its IAM action, where the denial does not. */
export function recordedClients(region: string): Clients {
  const clients = clientsFor({ region });
  recordCalls(clients);
  return clients;
}
