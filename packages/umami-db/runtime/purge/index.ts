import { rdsCertificates } from '../connection/rds-certificates';
import { withClient } from '../provision/explain-failure';
import { Secrets } from '../secret/secrets-manager';
import { type Bounds, inTime, type Remaining } from '../time/in-time';
import { type PurgeReport, purge } from './purge';
import { readSignIn, signInAsUmami } from './sign-in';
import { RETENTION_GROUPS } from './tables';

export interface PurgeEvent {
  readonly action: 'purge';
  /** `<stack>/<stage>`: who owns the schema. */
  readonly Owner: string;
  /** Umami's secret. */
  readonly SecretArn: string;
  /** PEM text of the CA certificate that signed the server's. @default - the CA bundle of Amazon RDS */
  readonly CertificateAuthority?: string;
  /** Seconds that rows are kept, by group. */
  readonly Retention: Readonly<Record<string, number>>;
}

/**
 * Deletes what is older than the event says, until the time of the function is over; the next run continues.
 *
 * @throws Error for an event in another form, and when rows could not be deleted: an alarm watches the function's errors
 */
export async function handler(event: PurgeEvent, remaining?: Remaining): Promise<PurgeReport> {
  const retention = retentionOf(event);
  const report = await inTime(remaining, (bounds) => purgeInTime(event, retention, bounds));
  process.stdout.write(`${JSON.stringify({ action: event.action, ...report })}\n`);
  return report;
}

async function purgeInTime(
  { Owner: owner, SecretArn, CertificateAuthority }: PurgeEvent,
  retention: { readonly [group: string]: string },
  { deadline, signal }: Bounds,
): Promise<PurgeReport> {
  const store = new Secrets().store(SecretArn);
  const certificateAuthority = CertificateAuthority ?? rdsCertificates();
  const read = () => readSignIn(store, certificateAuthority);
  const { server, schema } = await read();
  const client = await signInAsUmami(server, read);
  return withClient(client, { schema }, () => purge(client, { schema, owner, retention, deadline }), signal);
}

function retentionOf({ action, Owner, SecretArn, Retention }: PurgeEvent): { readonly [group: string]: string } {
  const entries = Object.entries(Object(Retention) as object);
  const isRight = ([group, seconds]: [string, unknown]) =>
    RETENTION_GROUPS.some((known) => known === group) && Number.isInteger(seconds) && Number(seconds) >= 86_400;
  if (action !== 'purge' || !Owner || !SecretArn || entries.length === 0 || !entries.every(isRight)) {
    throw new Error(
      `The event must have action purge, Owner, SecretArn and Retention with whole seconds, at least a day, for ${RETENTION_GROUPS.join(', ')}, got: ${JSON.stringify({ action, Owner, SecretArn, Retention })}. Deploy the schedule with UmamiDatabase.`,
    );
  }
  return Object.fromEntries(entries.map(([group, seconds]) => [group, `${seconds} seconds`]));
}
