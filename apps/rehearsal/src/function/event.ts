import { stageStackName } from '@user-metrics/foundation';
import { type RehearsalContext, required } from '../context';
import { BASELINE_SECONDS, oursOf } from '../database/database-under-test';

/** The event that CloudFormation would send, pointed at the server of this machine. */
export function eventFor(context: RehearsalContext, request: object): object {
  const { logicalId, resourceProperties } = required(context, 'databaseFunction');
  const { host, port, caCertificate } = required(context, 'server');
  const ResourceProperties = {
    ...resourceProperties,
    Host: host,
    Port: String(port),
    // A pooler in front of Umami is not on this machine.
    UmamiHost: host,
    UmamiPort: String(port),
    Database: required(context, 'application').database,
    DatabaseRole: oursOf(context).databaseRole,
    CertificateAuthority: caCertificate,
    BaselineSeconds: String(BASELINE_SECONDS),
  };
  return {
    RequestId: '6f1c0f5e-0000-4000-8000-000000000001',
    StackId: `arn:aws:cloudformation:us-east-1:000000000000:stack/${stageStackName(required(context, 'stage'), 'Database')}/rehearsal`,
    ResponseURL: 'https://cloudformation.invalid/response',
    ResourceType: 'Custom::UmamiDatabase',
    LogicalResourceId: logicalId,
    ResourceProperties,
    OldResourceProperties: ResourceProperties,
    ...request,
  };
}
