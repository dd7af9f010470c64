import type {
  CdkCustomResourceEvent,
  CdkCustomResourceResponse,
  CloudFormationCustomResourceDeleteEvent,
} from 'aws-lambda';
import { rdsCertificates } from '../connection/rds-certificates';
import type { RollbackReport } from '../provision/rollback';
import { Secrets } from '../secret/secrets-manager';
import { ProvisionError } from '../target/provision-error';
import { inTime, type Remaining } from '../time/in-time';
import { apply } from './apply';
import { destroy } from './destroy';
import { physicalId } from './physical-id';
import { parseProperties, type UmamiDatabaseProperties } from './properties';

/** Findings of the isolation check that are written to the log. */
const LOGGED_FINDINGS = 20;

/**
 * The custom resource behind `UmamiDatabase`: a thin layer over `provision`, for CDK's provider framework.
 *
 * Deleting keeps schema, data and database role unless the properties say otherwise, and then opens no connection: the
 * cluster may be gone, or paused.
 */
export async function handler(
  event: CdkCustomResourceEvent,
  remaining?: Remaining,
): Promise<CdkCustomResourceResponse> {
  switch (event.RequestType) {
    case 'Create':
    case 'Update': {
      const properties = parseProperties(event.ResourceProperties);
      const id = physicalId(event);
      const settled = event.RequestType === 'Update' && id === event.PhysicalResourceId;
      const report = await inTime(remaining, (bounds) =>
        apply(properties, {
          ...context(properties, event),
          ...bounds,
          id,
          settled,
          newSecret: isNewSecret(event),
          onWarning: (warning) => log({ warning }),
          onProgress: (progress) => log({ progress }),
        }),
      );
      // A server on which much was granted to PUBLIC has thousands of findings.
      const { reachable, ...rest } = report;
      const findings = { reachable: reachable.slice(0, LOGGED_FINDINGS), reachableCount: reachable.length };
      log({ request: event.RequestType, ...rest, ...findings });
      return { PhysicalResourceId: id, Data: { Migrations: String(report.present) } };
    }
    case 'Delete': {
      const { RequestType: request, PhysicalResourceId } = event;
      const isDestroyed = event.ResourceProperties['OnDelete'] === 'destroy';
      log({ request, ...(isDestroyed ? await destroyed(event, remaining) : { kept: PhysicalResourceId }) });
      return { PhysicalResourceId };
    }
  }
}

/** Properties that the secret's value is made of, and where it is. */
const SECRET = ['SecretArn', 'Host', 'Port', 'Database', 'Schema', 'DatabaseRole'] as const;

/** CloudFormation fills a new secret with a random text: only then the function may find nothing of its own in it. */
function isNewSecret(event: CdkCustomResourceEvent): boolean {
  if (event.RequestType !== 'Update') return true;
  return SECRET.some((key) => event.ResourceProperties[key] !== event.OldResourceProperties[key]);
}

async function destroyed(
  event: CloudFormationCustomResourceDeleteEvent,
  remaining: Remaining | undefined,
): Promise<RollbackReport> {
  const { PhysicalResourceId: id, ResourceProperties, LogicalResourceId: resource, StackId } = event;
  try {
    const properties = parseProperties(ResourceProperties);
    return await inTime(remaining, (bounds) => destroy(properties, { ...context(properties, event), ...bounds, id }));
  } catch (error) {
    const stack = StackId.split('/')[1] ?? StackId;
    throw new ProvisionError(
      `${(error as Error).message} To keep schema, data and database role instead: deploy with removalPolicy RETAIN and delete then; or, where the delete has failed already: aws cloudformation delete-stack --stack-name ${stack} --retain-resources ${resource}`,
      { cause: error },
    );
  }
}

/** PEM text of the CA certificates that are trusted to sign the server's certificate. */
export function certificateAuthorityOf({ CertificateAuthority }: UmamiDatabaseProperties): string {
  return CertificateAuthority ?? rdsCertificates();
}

function context(properties: UmamiDatabaseProperties, { StackId }: CdkCustomResourceEvent) {
  return {
    // A stack that is deleted and created again has the same name and another id.
    stack: StackId.split('/').at(-1) ?? StackId,
    certificateAuthority: certificateAuthorityOf(properties),
    secrets: new Secrets(),
  };
}

function log(entry: object): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}
