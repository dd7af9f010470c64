import { rootCertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConnectionOptions, connect } from '../../../runtime/connection/connect';
import { type Application, makeApplication } from '../application';

let application: Application;
let options: ConnectionOptions;

beforeAll(async () => {
  application = await makeApplication();
  options = application.administrator;
});

afterAll(() => application.close());

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const ADVICE = 'Give its CA certificate, or the host name that the certificate is for.';

async function failure(differing: Partial<ConnectionOptions>): Promise<string> {
  const error = await connect({ ...options, ...differing }, { retries: 0 }).then(
    async (client) => {
      await client.end();
      return new Error('it is connected');
    },
    (reason: Error) => reason,
  );
  return `${error.name}: ${error.message}`;
}

describe('a certificate', () => {
  test('is trusted when one of several CA certificates signed it', async () => {
    const certificateAuthority = `${rootCertificates.slice(0, 3).join('\n')}\n${options.certificateAuthority}`;
    const client = await connect({ ...options, certificateAuthority });

    await expect(client.end()).resolves.toBeUndefined();
  });

  test.each([
    ['another CA certificate', rootCertificates.slice(0, 3).join('\n')],
    ['no CA certificate', ''],
    ['a text that is no certificate', 'certificate of a CA'],
  ])('fails to be trusted with %s', async (_, certificateAuthority) => {
    expect(await failure({ certificateAuthority })).toMatch(
      new RegExp(
        `^ProvisionError: The certificate of localhost:${options.port}/\\w+ is not trusted: [\\w\\s-]*certificate[\\w\\s]*\\. ${ADVICE}$`,
      ),
    );
  });

  test('fails to be trusted for a host name that it does not hold', async () => {
    // A spelling of 127.0.0.1 that is resolved like a name, and is none of the names in the certificate.
    expect(await failure({ host: '127.1' })).toBe(
      `ProvisionError: The certificate of 127.1:${options.port}/${options.database} is not trusted: Hostname/IP does not match ` +
        `certificate's altnames: Host: 127.1. is not in the cert's altnames: DNS:localhost, IP Address:127.0.0.1. ${ADVICE}`,
    );
  });

  test.each([{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, { PGSSLMODE: 'no-verify' }, { PGSSLMODE: 'disable' }])(
    'fails to be trusted even if the environment says %j',
    async (environment) => {
      // Node warns of the first one.
      vi.spyOn(process, 'emitWarning').mockReturnValue();
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

      expect(await failure({ certificateAuthority: rootCertificates[0] ?? '' })).toContain('is not trusted');
      expect(await failure({ host: '127.1' })).toContain('is not trusted');
    },
  );
});
