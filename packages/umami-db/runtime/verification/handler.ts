import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureBaseline } from '../baseline/capture';
import { parseProperties } from '../cloudformation/properties';
import { serverOf, targetOf } from '../cloudformation/target';
import { rdsCertificates } from '../connection/rds-certificates';
import { withClient } from '../provision/explain-failure';
import { connectAdministrator } from '../secret/connect-administrator';
import { Secrets } from '../secret/secrets-manager';
import { type Bounds, inTime, type Remaining } from '../time/in-time';
import type { VerificationAction, VerificationAnswers, VerificationRequest } from './answer';
import { statusAnswer } from './existing';
import { fitSnapshot } from './fit';
import type { VerificationInput } from './found';
import { probeAnswer } from './probe';
import { CERTIFICATE_FILE, PROBE_VARIABLE, PROPERTIES_VARIABLE } from './properties';
import { makeReadOnly } from './read-only';
import { takeDatabaseSnapshot } from './snapshot';
import { verifyAnswer } from './verify';

type Answer = VerificationAnswers[VerificationAction];

type Asked = VerificationInput & { readonly event: VerificationRequest } & Pick<Bounds, 'deadline'>;

type Answers = { readonly [action: string]: (input: Asked) => Promise<Answer> };

const ANSWERS: Answers = {
  verify: async (input) => {
    const answer = await verifyAnswer(input);
    return { ...answer, snapshot: fitSnapshot(answer.snapshot) };
  },
  status: ({ client, target }) => statusAnswer(client, target),
  snapshot: async ({ client, target }) => fitSnapshot(await takeDatabaseSnapshot(client, target)),
  baseline: async ({ client, target: umami, event: { seconds, samples }, deadline = Number.POSITIVE_INFINITY }) => {
    const signal = AbortSignal.timeout(Math.floor(Math.min(LONGEST_WINDOW, Math.max(0, deadline - performance.now()))));
    return { action: 'baseline', ...(await captureBaseline(client, { umami, seconds, samples, signal })) };
  },
};

/** In milliseconds: as long as a timer may last here. */
const LONGEST_WINDOW = 3_600_000;

const LATE = 'Nothing was changed. Run it again when the server is less busy.';

/**
 * Tells what it finds in the database; see {@link VerificationAnswers}. Every transaction is read-only, but for those in
 * which migrations run in a scratch schema for comparison and which are rolled back.
 *
 * @throws Error for another action
 * @throws ProvisionError when the database cannot be reached, or what has to be read is locked
 */
export async function handler(event: VerificationRequest, remaining?: Remaining): Promise<Answer> {
  const answers = { ...ANSWERS, ...probe() };
  const answer = answers[event.action];
  if (!Object.hasOwn(answers, event.action) || !answer) {
    throw new Error(
      `\`action\` must be ${Object.keys(answers).join(', ')}, got: ${JSON.stringify(event.action)}. Send for example {"action":"verify"}.`,
    );
  }
  const start = performance.now();
  const result = await inTime(
    remaining,
    (bounds) => withDatabase(bounds, (input) => answer({ ...input, event, ...bounds })),
    LATE,
  );
  const milliseconds = Math.round(performance.now() - start);
  process.stdout.write(`${JSON.stringify({ action: event.action, milliseconds })}\n`);
  return result;
}

/** The statement is deployed, never sent: with what an event names, its sender would read as the administrator does. */
function probe(): Answers {
  const deployed = process.env[PROBE_VARIABLE];
  return deployed === undefined ? {} : { probe: ({ client }) => probeAnswer(client, JSON.parse(deployed)) };
}

async function withDatabase<T>({ signal }: Bounds, work: (input: VerificationInput) => Promise<T>): Promise<T> {
  const properties = parseProperties(JSON.parse(process.env[PROPERTIES_VARIABLE] ?? '{}'));
  const server = serverOf(properties, properties.CertificateAuthority ?? certificateAuthority());
  const secrets = new Secrets();
  const client = await connectAdministrator(server, () => secrets.admin(properties.AdminSecretArn));
  const { Owner: id, Schema: schema, SecretArn, UmamiAdministrator: administrator } = properties;
  const workReadOnly = async () => {
    await makeReadOnly(client);
    return work({
      client,
      target: targetOf(properties, { id }),
      server,
      store: secrets.store(SecretArn),
      administrator,
    });
  };
  return withClient(client, { schema }, workReadOnly, signal);
}

function certificateAuthority(): string {
  const given = join(__dirname, CERTIFICATE_FILE);
  return existsSync(given) ? readFileSync(given, 'utf8') : rdsCertificates();
}
