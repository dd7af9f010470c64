import { generate } from 'selfsigned';

/** The CA certificate of one run, and the server certificate it signed. PEM texts. */
export interface Certificates {
  readonly caCertificate: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const EC = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
const ONE_DAY = 86_400_000;

/** Makes a throwaway CA certificate and a certificate for this machine; both last two days. */
export async function makeCertificates(): Promise<Certificates> {
  const validity = { notBeforeDate: new Date(Date.now() - ONE_DAY), notAfterDate: new Date(Date.now() + ONE_DAY) };
  const caCertificate = await generate([{ name: 'commonName', value: 'User Metrics rehearsal CA' }], {
    ...EC,
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...EC,
    ...validity,
    ca: { key: caCertificate.private, cert: caCertificate.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { caCertificate: caCertificate.cert, certificate: server.cert, privateKey: server.private };
}
