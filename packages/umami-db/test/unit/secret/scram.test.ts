import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { scramVerifier } from '../../../runtime/sql/scram';

const FORM = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/;

/** The exchange of RFC 7677, section 3: user `user`, password `pencil`. */
const RFC_7677 = {
  salt: Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'),
  messages: [
    'n=user,r=rOprNGfwEbeRWgbNEkqO',
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
  ].join(','),
  clientProof: Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64'),
  serverSignature: '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
};

async function parts(password: string, salt?: Buffer) {
  const verifier = await scramVerifier(password, salt);
  const [, iterations = '', text = '', storedKey = '', serverKey = ''] = FORM.exec(verifier) ?? [];
  return { iterations, salt: text, storedKey, serverKey };
}

describe('the verifier of a password', () => {
  test('is the one that Python computes', async () => {
    // hashlib.pbkdf2_hmac('sha256', b'pencil', salt, 4096), hmac.digest(…, b'Client Key'), hashlib.sha256(…)
    expect(await scramVerifier('pencil', RFC_7677.salt)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });

  test('gives the server what it answers with in the exchange of RFC 7677', async () => {
    const { serverKey } = await parts('pencil', RFC_7677.salt);
    const signature = createHmac('sha256', Buffer.from(serverKey, 'base64')).update(RFC_7677.messages);

    expect(signature.digest('base64')).toBe(RFC_7677.serverSignature);
  });

  test('accepts the proof of the client in the exchange of RFC 7677', async () => {
    const { storedKey } = await parts('pencil', RFC_7677.salt);
    const mask = createHmac('sha256', Buffer.from(storedKey, 'base64')).update(RFC_7677.messages).digest();
    const clientKey = RFC_7677.clientProof.map((byte, index) => byte ^ (mask[index] ?? 0));

    expect(createHash('sha256').update(clientKey).digest('base64')).toBe(storedKey);
  });

  test('has the form that PostgreSQL takes for a verifier and not for a password', async () => {
    const { iterations, salt, storedKey, serverKey } = await parts('x');

    expect(iterations).toBe('4096');
    expect(Buffer.from(salt, 'base64')).toHaveLength(16);
    expect([storedKey, serverKey].map((key) => Buffer.from(key, 'base64').length)).toEqual([32, 32]);
  });

  test('differs each time, for its salt does', async () => {
    expect(await scramVerifier('same')).not.toBe(await scramVerifier('same'));
  });

  test('does not hold the password', async () => {
    expect(await scramVerifier('pencil')).not.toContain('pencil');
  });

  test.each([
    ['one accented letter for two characters', 'e\u0301', '\u00e9'],
    ['letters for a ligature', '\ufb01', 'fi'],
    ['a space for a space of another width', 'a\u00a0b\u200bc', 'a b c'],
    ['nothing for a soft hyphen and a joiner', 'a\u00adb\u200dc', 'abc'],
  ])('takes %s, as clients do', async (_, given, same) => {
    expect(await scramVerifier(given, RFC_7677.salt)).toBe(await scramVerifier(same, RFC_7677.salt));
  });
});
