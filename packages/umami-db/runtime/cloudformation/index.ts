import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkCustomResourceEvent, CdkCustomResourceResponse } from 'aws-lambda';
import { apply } from './apply';
import { physicalId } from './physical-id';
import { parseProperties } from './properties';
import { Secrets } from './secrets';

/** Authorities of Amazon RDS, beside the bundled function. */
const RDS_AUTHORITIES = join(__dirname, 'rds-ca.pem');

/**
 * The custom resource behind `UmamiDatabase`: a thin layer over `provision`, for CDK's provider framework.
 *
 * Deleting keeps schema, data and database role, and opens no connection: the cluster may be gone, or paused.
 */
export async function handler(event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> {
  switch (event.RequestType) {
    case 'Create':
    case 'Update': {
      const properties = parseProperties(event.ResourceProperties);
      const id = physicalId(event);
      const certificateAuthority = properties.CertificateAuthority ?? readFileSync(RDS_AUTHORITIES, 'utf8');
      const report = await apply(properties, { id, certificateAuthority, secrets: new Secrets() });
      log({ request: event.RequestType, ...report });
      return { PhysicalResourceId: id, Data: { Migrations: String(report.present) } };
    }
    case 'Delete':
      log({ request: event.RequestType, kept: event.PhysicalResourceId });
      return { PhysicalResourceId: event.PhysicalResourceId };
  }
}

function log(entry: object): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
