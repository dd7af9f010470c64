import { CloudFront } from '@aws-sdk/client-cloudfront';
import { RDS } from '@aws-sdk/client-rds';
import { type ClientOptions, clientsFor as foundationClients } from '@user-metrics/foundation/account';

/** Who asks, and where. */
export type Caller = Required<Pick<ClientOptions, 'endpoint' | 'region' | 'credentials'>>;

/** One client for each service that the rehearsal asks. */
export function clientsFor(caller: Caller) {
  // A refusal is an answer: asking again would only take time.
  const config = { ...caller, maxAttempts: 1 };
  return { ...foundationClients(config), cloudFront: new CloudFront(config), rds: new RDS(config) };
}

export type Aws = ReturnType<typeof clientsFor>;
