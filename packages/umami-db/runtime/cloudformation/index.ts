import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkCustomResourceEvent, CdkCustomResourceResponse } from 'aws-lambda';
import { Secrets } from '../secret/secrets-manager';
import { apply } from './apply';
import { destroy } from './destroy';
import { physicalId } from './physical-id';
import { parseProperties, type UmamiDatabaseProperties } from './properties';

/** Findings of the isolation check that stand in the log. */
const LOGGED_FINDINGS = 20;

/** Authorities of Amazon RDS, beside the bundled function. */
const RDS_AUTHORITIES = join(__dirname, 'rds-ca.pem');

/**
 * The custom resource behind `UmamiDatabase`: a thin layer over `provision`, for CDK's provider framework.
 *
 * Deleting keeps schema, data and database role unless the properties say otherwise, and then opens no connection: the
 * cluster may be gone, or paused.
 */
export async function handler(event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> {
  switch (event.RequestType) {
    case 'Create':
    case 'Update': {
      const properties = parseProperties(event.ResourceProperties);
      const id = physicalId(event);
      const settled = event.RequestType === 'Update' && id === event.PhysicalResourceId;
      const report = await apply(properties, { ...context(properties), id, settled });
      // A server on which much was granted to PUBLIC has thousands of findings.
      const { reachable, ...rest } = report;
      const findings = { reachable: reachable.slice(0, LOGGED_FINDINGS), reachableCount: reachable.length };
      log({ request: event.RequestType, ...rest, ...findings });
      return { PhysicalResourceId: id, Data: { Migrations: String(report.present) } };
    }
    case 'Delete': {
      const { RequestType: request, PhysicalResourceId } = event;
      if (event.ResourceProperties['OnDelete'] === 'destroy') {
        const properties = parseProperties(event.ResourceProperties);
        log({ request, ...(await destroy(properties, { ...context(properties), id: PhysicalResourceId })) });
      } else log({ request, kept: PhysicalResourceId });
      return { PhysicalResourceId };
    }
  }
}

function context({ CertificateAuthority }: UmamiDatabaseProperties) {
  return {
    certificateAuthority: CertificateAuthority ?? readFileSync(RDS_AUTHORITIES, 'utf8'),
    secrets: new Secrets(),
  };
}

function log(entry: object): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
