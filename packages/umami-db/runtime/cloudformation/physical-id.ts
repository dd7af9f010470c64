import type { CdkCustomResourceEvent } from 'aws-lambda';

/** Properties whose change means another schema: CloudFormation then deletes the old resource, which keeps its data. */
const IDENTITY = ['Database', 'Schema', 'DatabaseRole'] as const;

/**
 * Id of the resource. A repeated event gives the same one; two resources of one stack never share one, so that a delete
 * of the one that was replaced is told from a delete of its successor.
 */
export function physicalId(event: CdkCustomResourceEvent): string {
  const isReplaced =
    event.RequestType === 'Update' &&
    IDENTITY.some((key) => event.ResourceProperties[key] !== event.OldResourceProperties[key]);
  if (event.RequestType !== 'Create' && !isReplaced) return event.PhysicalResourceId;
  return `${event.ResourceProperties['Schema']}-${event.RequestId}`;
}
