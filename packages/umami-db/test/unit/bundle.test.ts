import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSET, type BareFunction, makeBareFunction } from '../support/bare-function';
import { deleteEvent } from '../support/events';

let bare: BareFunction;

beforeAll(() => {
  bare = makeBareFunction();
});

afterAll(() => bare.close());

describe('the bundle', () => {
  test('is two files, the code and the CA bundle', () => {
    expect(readdirSync(ASSET).sort()).toEqual(['index.js', 'rds-ca.pem']);
  });

  test('is small enough to start at once', () => {
    expect(statSync(join(ASSET, 'index.js')).size).toBeLessThanOrEqual(240_000);
  });

  test('has the handler that the construct names, where nothing but the SDK can be loaded', async () => {
    const modules = ['pg', 'node-pg-migrate', 'bcryptjs', '@aws-sdk/client-secrets-manager'];
    const script = `const found = (name) => { try { return Boolean(require.resolve(name)) } catch { return false } };
      console.log(JSON.stringify([typeof require('./index.js').handler, ...${JSON.stringify(modules)}.filter(found)]))`;

    expect(JSON.parse(await bare.run(script))).toEqual(['function', '@aws-sdk/client-secrets-manager']);
  });

  test('answers an event', async () => {
    expect(await bare.send(deleteEvent('umami-1', {}))).toEqual({ PhysicalResourceId: 'umami-1' });
  });

  test('fails to load without the SDK, which is not in it', async () => {
    const alone = makeBareFunction({ withSdk: false });
    await expect(alone.run(`require('./index.js')`)).rejects.toThrow(`'@aws-sdk/client-secrets-manager'`);
    alone.close();
  });
});

describe('the CA bundle beside it', () => {
  const ONE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g;
  const pem = readFileSync(join(ASSET, 'rds-ca.pem'), 'utf8');
  const certificates = (pem.match(ONE) ?? []).map((text) => new X509Certificate(text));

  test('are many, all different, and nothing between them', () => {
    expect(certificates.length).toBeGreaterThanOrEqual(50);
    expect(new Set(certificates.map(({ fingerprint256 }) => fingerprint256)).size).toBe(certificates.length);
    expect(pem.replaceAll(ONE, '')).toBe('');
  });

  test('are of Amazon and its predecessor, valid now, and may sign certificates', () => {
    for (const certificate of certificates) {
      expect(certificate.subject).toMatch(/^O=(Amazon|Amazon Web Services\\, Inc\.|Starfield Technologies\\, Inc\.)$/m);
      expect(certificate.ca).toBe(true);
      expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
      expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
    }
  });

  test.each(['us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-2', 'sa-east-1'])('are those of %s', (region) => {
    const name = new RegExp(`^CN=Amazon RDS ${region} Root CA (\\w+)`, 'm');
    const kinds = certificates.flatMap(({ subject }) => name.exec(subject)?.[1] ?? []);

    expect(kinds.sort()).toEqual(['ECC384', 'RSA2048', 'RSA4096']);
  });
});
