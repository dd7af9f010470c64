import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MissingSecretError, Secrets } from '../../../runtime/secret/secrets-manager';
import { environment, type SecretsManager, startSecretsManager } from '../../support/secrets-manager';

const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:admin-AbCdEf';
const ADMIN = { username: 'postgres', password: 'of the administrator' };

let manager: SecretsManager;

beforeEach(async () => {
  manager = await startSecretsManager();
  for (const [name, value] of Object.entries(environment(manager))) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await manager.close();
});

type HttpHandler = SecretsManagerClient['config']['requestHandler'] & { httpHandlerConfigs?(): unknown };

/** Everything that a printed error shows. */
async function errorOf(work: Promise<unknown>): Promise<Error & { text: string }> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: Error) => reason,
  );
  return Object.assign(error, { text: `${error.message} ${error.stack} ${JSON.stringify(error)}` });
}

describe('a secret', () => {
  test('is read in the end when Secrets Manager is busy at first', async () => {
    manager.values.set(ARN, 'value');
    manager.refusals.push({ status: 400, type: 'ThrottlingException' }, { status: 500, type: 'InternalServiceError' });

    expect(await new Secrets().read(ARN)).toBe('value');
    expect(manager.requests).toHaveLength(3);
  });

  test('is written in the end when Secrets Manager is busy at first', async () => {
    manager.refusals.push({ status: 503, type: 'ServiceUnavailable' });
    await new Secrets().write(ARN, {});

    expect(manager.values.get(ARN)).toBe('{}');
  });

  test('fails to be read without the right to it, and is not asked for twice', async () => {
    manager.refusals.push({ status: 400, type: 'AccessDeniedException', message: 'not authorized to perform' });

    await expect(new Secrets().read(ARN)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(manager.requests).toHaveLength(1);
  });

  test('fails to be written with an error that does not hold it', async () => {
    manager.refusals.push({ status: 400, type: 'AccessDeniedException', message: 'not authorized to perform' });
    const error = await errorOf(new Secrets().write(ARN, { password: 'hidden' }));

    expect(error.name).toBe('AccessDeniedException');
    expect(error.text).not.toContain('hidden');
  });
});

describe("the administrator's secret", () => {
  test('gives user and password, and where if it tells, whatever else it holds', async () => {
    const where = { host: 'cluster', port: 5433, dbname: 'application' };
    manager.values.set(ARN, JSON.stringify({ ...ADMIN, ...where, port: '5433', engine: 'postgres' }));
    expect(await new Secrets().admin(ARN)).toEqual({ ...ADMIN, ...where });

    manager.values.set(ARN, JSON.stringify(ADMIN));
    expect(await new Secrets().admin(ARN)).toEqual(ADMIN);
  });

  test.each([
    'hidden',
    '"hidden"',
    '["hidden"]',
    'null',
    '',
    '{"username": "postgres", "password": "hidden"',
    '{"user":"postgres","password":"hidden"}',
    '{"username":"postgres"}',
    '{"username":"postgres","password":42}',
    '{"username":"postgres","password":""}',
    '{"username":"","password":"hidden"}',
    '{"username":{"hidden":1},"password":"hidden"}',
  ])('fails without telling what it holds: %j', async (text) => {
    manager.values.set(ARN, text);
    const error = await errorOf(new Secrets().admin(ARN));

    expect(error.name).toBe('ProvisionError');
    expect(error.message).toBe(
      `The administrator's secret ${ARN} must be JSON with username and password. Correct its value.`,
    );
    expect(error.text).not.toMatch(/hidden|42/);
  });
});

describe("the administrator's secret at the wrong time", () => {
  const refuse = (message: string) =>
    manager.refusals.push({ status: 400, type: 'InvalidRequestException', message: `You can't: ${message}` });

  test('is missing when it is scheduled for deletion', async () => {
    refuse('the secret was marked for deletion.');
    const error = await errorOf(new Secrets().admin(ARN));

    expect(error).toBeInstanceOf(MissingSecretError);
    expect(error.message).toContain(`${ARN} is scheduled for deletion. Restore it`);
  });

  test('is not missing for any other reason', async () => {
    refuse('something else is the matter.');

    expect(await errorOf(new Secrets().admin(ARN))).not.toBeInstanceOf(MissingSecretError);
  });
});

describe('Secrets Manager', () => {
  const unreachable = (reason: string) =>
    `Secrets Manager cannot be reached: ${reason}. A function in a VPC needs subnets with a NAT gateway or an interface endpoint.`;

  test('fails with the fix when nobody listens', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');

    for (const work of [() => new Secrets().read(ARN), () => new Secrets().write(ARN, { password: 'hidden' })]) {
      const error = await errorOf(work());
      expect(error.name).toBe('ProvisionError');
      expect(error.message).toBe(unreachable('connect ECONNREFUSED 127.0.0.1:1'));
      expect(error.text).not.toContain('hidden');
    }
  });

  test('fails with the fix when it does not answer in time', async () => {
    manager.delay = 5_000;
    const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
    const error = await errorOf(new Secrets(new SecretsManagerClient({ requestHandler, maxAttempts: 1 })).read(ARN));

    expect(error.message).toBe(unreachable(String((error.cause as Error).message)));
    expect(error.message).toContain('exceeded the configured 50 ms');
  });

  test('is given up after seconds when the network swallows the connection', async () => {
    const requestHandler: HttpHandler = new Secrets()['client'].config.requestHandler;
    // The handler looks its settings up with the first request.
    await new Secrets(new SecretsManagerClient({ requestHandler })).read(ARN);

    expect(requestHandler.httpHandlerConfigs?.()).toMatchObject({ connectionTimeout: 3100 });
  });
});
