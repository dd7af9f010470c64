import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** CA bundle of Amazon RDS, which lies beside each bundled function. */
export function rdsCertificates(): string {
  return readFileSync(join(__dirname, 'rds-ca.pem'), 'utf8');
}
