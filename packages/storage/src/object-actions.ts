/** What OpenReplay does with its objects (openreplay/openreplay: backend/pkg/objectstorage/s3, api/chalicelib/utils/storage). */
export const OBJECT_ACCESS = [
  's3:GetObject',
  's3:PutObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:GetObjectTagging',
  's3:PutObjectTagging',
] as const;

/** What an operator does who erases the recordings of one person: read, and delete. */
export const OBJECT_ERASURE = [
  's3:GetObject',
  's3:GetObjectTagging',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
] as const;

/** Every way to an object's content or existence, by pattern: an action that S3 gets next year is covered too. */
export const MANAGE_OBJECTS = [
  's3:GetObject*',
  's3:PutObject*',
  's3:DeleteObject*',
  's3:RestoreObject',
  's3:Replicate*',
  's3:InitiateReplication',
  's3:ObjectOwnerOverrideToBucketOwner',
  's3:BypassGovernanceRetention',
  's3:UpdateObject*',
  's3:ListObject*',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
] as const;
