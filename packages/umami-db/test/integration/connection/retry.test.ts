import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConnectionOptions, connect } from '../../../runtime/connection/connect';
import { type Application, makeApplication } from '../application';
import { ANSWERS, type Gate, makeGate } from './gate';

let application: Application;
let options: ConnectionOptions;
const gates: Gate[] = [];

beforeAll(async () => {
  application = await makeApplication();
  options = application.administrator;
});

afterAll(() => application.close());

afterEach(async () => {
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
});

async function gate(...first: Parameters<typeof makeGate>): Promise<Gate> {
  const made = await makeGate(...first);
  gates.push(made);
  return made;
}

async function failure(...given: Parameters<typeof connect>): Promise<string> {
  const error = await connect(...given).then(
    () => new Error('it is connected'),
    (reason: Error) => reason,
  );
  expect(error.name).toBe('ProvisionError');
  return error.message;
}

describe('a server that is not ready', () => {
  test('is tried again a number of times, and then said to be out of reach', async () => {
    const { port, attempts } = await gate(ANSWERS.hangUp);
    const message = await failure({ ...options, port }, { retries: 2 });

    expect(attempts()).toBe(3);
    expect(message).toBe(
      `The database at localhost:${port}/${options.database} cannot be reached: Connection terminated unexpectedly. Check host, port, security groups and routes.`,
    );
  });

  test('is not tried again when no retries are asked for', async () => {
    const { port, attempts } = await gate(ANSWERS.hangUp);
    await failure({ ...options, port }, { retries: 0 });

    expect(attempts()).toBe(1);
  });

  test.each(['silent', 'reset'] as const)('is tried again when it is %s', async (answer) => {
    const { port, attempts } = await gate(ANSWERS[answer]);
    const message = await failure({ ...options, port }, { retries: 1, attemptTimeout: 100 });

    expect(attempts()).toBe(2);
    expect(message).toMatch(/cannot be reached: (timeout expired|.*ECONNRESET.*)\. Check host/);
  });

  test('is reached when it comes up meanwhile', async () => {
    const later = await gate();
    const connected = connect({ ...options, port: later.port }, { retries: 5 });
    await expect(failure({ ...options, port: later.port }, { retries: 0 })).resolves.toContain('ECONNREFUSED');
    await later.open();

    await (await connected).end();
  });

  test('is reached when it answers after a silence', async () => {
    const later = await gate(ANSWERS.silent);
    const connected = connect({ ...options, port: later.port }, { retries: 5, attemptTimeout: 200 });
    await expect.poll(later.attempts, { timeout: 20_000 }).toBeGreaterThan(0);
    await later.open();

    await (await connected).end();
  });

  test('is tried again while it has no connection free', async () => {
    const role = `${application.target.databaseRole}_busy`;
    await application.query(`create role ${role} login password 'known' connection limit 0`);
    const { port, attempts } = await gate(ANSWERS.pass);
    const connected = connect({ ...options, port, user: role, password: 'known' }, { retries: 5 });
    await expect.poll(attempts, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await failure({ ...options, user: role, password: 'known' }, { retries: 0 })).toMatch(
      /has no connection left for user .*: too many connections for role/,
    );
    await application.query(`alter role ${role} connection limit 1`);

    await (await connected).end();
  });

  test('is named with its reason when all of its addresses refuse', async () => {
    const { port } = await gate();
    const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
    const answer = (_: string, __: object, done: (...found: unknown[]) => void) => done(null, addresses);
    vi.spyOn(dns, 'lookup').mockImplementation(answer as unknown as typeof dns.lookup);
    const message = await failure({ ...options, port }, { retries: 0 });
    vi.restoreAllMocks();

    expect(message).toContain(
      `cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}, connect ECONNREFUSED 127.0.0.2:${port}. Check`,
    );
  });
});

describe('what does not pass by itself', () => {
  test.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown database', { database: 'nowhere' }],
    ['an unknown CA certificate', { certificateAuthority: 'none' }],
  ])('is tried once: %s', async (_, differing) => {
    const { port, attempts } = await gate(ANSWERS.pass);
    await failure({ ...options, port, ...differing }, { retries: 3 });

    expect(attempts()).toBe(1);
  });

  test('is a server without TLS, which is not spoken to', async () => {
    const { port, attempts } = await gate(ANSWERS.noTls);

    expect(await failure({ ...options, port }, { retries: 3 })).toContain(
      'The server does not support SSL connections',
    );
    expect(attempts()).toBe(1);
  });
});
