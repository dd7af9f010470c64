/** What OpenReplay does with its objects (openreplay/openreplay: backend/pkg/objectstorage/s3, api/chalicelib/utils/s3). */
export const OBJECT_ACCESS = [
  's3:GetObject',
  's3:PutObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:GetObjectTagging',
  's3:PutObjectTagging',
] as const;

/** Every way to an object's content or existence, by pattern: an action that S3 gets next year is covered too. */
export const MANAGE_OBJECTS = [
  's3:GetObject*',
  's3:PutObject*',
  's3:DeleteObject*',
  's3:RestoreObject',
  's3:ReplicateObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
] as const;
