import { describe, expect, test } from 'vitest';
import { parseProperties } from '../../../runtime/cloudformation/properties';

const PROPERTIES = {
  Owner: 'Stack/dev',
  Host: 'cluster.example.com',
  Port: '5432',
  Database: 'application',
  AdminSecretArn: 'arn:admin',
  SecretArn: 'arn:umami',
  Schema: 'umami',
  DatabaseRole: 'umami_user',
  UmamiAdministrator: 'generated',
  CodeFingerprint: 'abc',
};
/** Without a text, other CA certificates would be used, or another host. */
const OPTIONAL_TEXTS = ['UmamiHost', 'CertificateAuthority'];
const TEXTS = ['Owner', 'Host', 'Database', 'AdminSecretArn', 'SecretArn', 'Schema', 'DatabaseRole'];

describe('properties', () => {
  test('are taken as they are', () => {
    expect(parseProperties(PROPERTIES)).toEqual(PROPERTIES);
    const more = { ...PROPERTIES, UmamiAdministrator: 'none', CertificateAuthority: '-----BEGIN CERTIFICATE-----' };
    expect(parseProperties(more)).toEqual(more);
  });

  test('may hold what CloudFormation adds', () => {
    expect(() => parseProperties({ ...PROPERTIES, ServiceToken: 'arn:x', ServiceTimeout: '300' })).not.toThrow();
  });

  test.each(['1', '5432', '65535'])('may name port %s', (Port) => {
    expect(parseProperties({ ...PROPERTIES, Port }).Port).toBe(Port);
  });

  describe.each([...TEXTS, ...OPTIONAL_TEXTS])('%s', (key) => {
    test.each([undefined, null, '', 5, ['a'], { Ref: 'X' }])('fails when it is %j', (value) => {
      const parse = () => parseProperties({ ...PROPERTIES, [key]: value });
      if (value === undefined && OPTIONAL_TEXTS.includes(key)) expect(parse).not.toThrow();
      else expect(parse).toThrow(new Error(`Property ${key} must be a text, got: ${JSON.stringify(value)}.`));
    });
  });

  test.each(['', '0', '65536', '70000', '99999', '100000', '-1', '5432.5', '5432 ', '0x15', 'postgres', '{Token}'])(
    'fail when Port or UmamiPort is %j',
    (port) => {
      for (const key of ['Port', 'UmamiPort']) {
        expect(() => parseProperties({ ...PROPERTIES, [key]: port })).toThrow(
          new Error(`Property ${key} must be a port from 1 to 65535, got: ${JSON.stringify(port)}.`),
        );
      }
    },
  );

  test.each([undefined, '', 'Generated', true])('fail when UmamiAdministrator is %j', (UmamiAdministrator) => {
    expect(() => parseProperties({ ...PROPERTIES, UmamiAdministrator })).toThrow(
      `Property UmamiAdministrator must be generated or none, got: ${JSON.stringify(UmamiAdministrator)}.`,
    );
  });
});
