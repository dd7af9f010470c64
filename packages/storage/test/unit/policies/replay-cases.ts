import type { Decision, PolicyDocument, Statement } from '@user-metrics/policy-evaluation';
import { deployed, roleArn } from './replay-stack';

const { bucketArn, object, taskRole, taskPolicies, operatorPolicies } = deployed();

const ALLOWS = (...actions: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});
const ALL_OF_S3 = ALLOWS('s3:*');
const SESSION = 'arn:aws:sts::111122223333:assumed-role';

/** A question to IAM, its answer, and what the policy would have to be for another one. */
export interface Case {
  readonly principal: string;
  readonly identity: readonly PolicyDocument[];
  readonly action: string;
  readonly on: string;
  readonly context?: { readonly [key: string]: string };
  readonly answer: Decision;
  readonly changed: (policy: PolicyDocument) => PolicyDocument;
}

type Change = (statement: Statement) => Statement | undefined;

function withStatements(change: Change): (policy: PolicyDocument) => PolicyDocument {
  return ({ Statement: statements, ...policy }) => ({
    ...policy,
    Statement: [statements].flat().flatMap((statement) => change(statement as Statement) ?? []),
  });
}

const isTheDeny = ({ Sid }: Statement) => Sid === 'RecordingsForTheTaskRoleOnly';
export const onlyFor = (...arns: string[]) =>
  withStatements((statement) =>
    isTheDeny(statement) ? { ...statement, Condition: { ArnNotEquals: { 'aws:PrincipalArn': arns } } } : statement,
  );
export const withoutDeny = withStatements((statement) => (isTheDeny(statement) ? undefined : statement));
const denyingAll = withStatements((statement) => (isTheDeny(statement) ? { ...statement, Action: 's3:*' } : statement));
const withoutTls = withStatements((statement) => ('Bool' in (statement.Condition ?? {}) ? undefined : statement));

const task = { principal: `${SESSION}/${taskRole.split('/').at(-1)}/task`, identity: taskPolicies };
const operator = { principal: `${SESSION}/Operator/jane`, identity: operatorPolicies };
const other = { principal: roleArn('Application'), identity: [ALL_OF_S3] };
const administrator = { principal: `${SESSION}/Administrator/jane`, identity: [ALLOWS('*')] };
const cloudFormation = { principal: roleArn('cdk-cfn-exec'), identity: [ALLOWS('*')] };

const otherAccount = { principal: roleArn('Unauthorised', '444455556666'), identity: [ALL_OF_S3] };
const unsigned = { principal: 'anonymous', identity: [] };

const somebodyElse = onlyFor(roleArn('SomebodyElse'));
/** In the place of the Deny, what somebody could mistake for a way to let people read. */
const open = (Principal: Statement['Principal'], ...Action: string[]) =>
  withStatements((statement) =>
    isTheDeny(statement) ? { Effect: 'Allow', Principal, Action, Resource: object } : statement,
  );

export const CASES: { readonly [name: string]: Case } = {
  'the task reads': { ...task, action: 's3:GetObject', on: object, answer: 'allowed', changed: somebodyElse },
  // In parts too: S3 asks for s3:PutObject to begin an upload, for each part, and to complete it.
  'the task writes': { ...task, action: 's3:PutObject', on: object, answer: 'allowed', changed: somebodyElse },
  'the task lists': {
    ...task,
    action: 's3:ListBucket',
    on: bucketArn,
    answer: 'allowed',
    changed: chain(denyingAll, somebodyElse),
  },
  'the task tags': { ...task, action: 's3:PutObjectTagging', on: object, answer: 'allowed', changed: somebodyElse },
  'the task breaks off an upload in parts': {
    ...task,
    action: 's3:AbortMultipartUpload',
    on: object,
    answer: 'allowed',
    changed: somebodyElse,
  },
  'the task lists the parts of an upload': {
    ...task,
    action: 's3:ListMultipartUploadParts',
    on: object,
    answer: 'allowed',
    changed: somebodyElse,
  },
  // A presigned URL is evaluated as the IAM role that signed it.
  'a browser with a URL that the task presigned reads': {
    ...task,
    action: 's3:GetObject',
    on: object,
    context: { 's3:authType': 'REST-QUERY-STRING' },
    answer: 'allowed',
    changed: somebodyElse,
  },
  'a browser with a URL that another IAM role presigned reads': {
    ...other,
    action: 's3:GetObject',
    on: object,
    context: { 's3:authType': 'REST-QUERY-STRING' },
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'an operator reads': {
    ...operator,
    action: 's3:GetObject',
    on: object,
    answer: 'allowed',
    changed: onlyFor(taskRole),
  },
  'an operator deletes': {
    ...operator,
    action: 's3:DeleteObject',
    on: object,
    answer: 'allowed',
    changed: onlyFor(taskRole),
  },
  'an operator writes': {
    ...operator,
    action: 's3:PutObject',
    on: object,
    answer: 'implicitDeny',
    changed: open({ AWS: roleArn('Operator') }, 's3:PutObject'),
  },
  'another account reads': {
    ...otherAccount,
    action: 's3:GetObject',
    on: object,
    answer: 'explicitDeny',
    changed: open('*', 's3:GetObject'),
  },
  'an unsigned request reads': {
    ...unsigned,
    action: 's3:GetObject',
    on: object,
    answer: 'explicitDeny',
    changed: open('*', 's3:GetObject'),
  },
  'another IAM role with all of S3 reads': {
    ...other,
    action: 's3:GetObject',
    on: object,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'another IAM role with all of S3 writes': {
    ...other,
    action: 's3:PutObject',
    on: object,
    answer: 'explicitDeny',
    changed: onlyFor(taskRole, other.principal),
  },
  'another IAM role with all of S3 lists versions': {
    ...other,
    action: 's3:ListBucketVersions',
    on: bucketArn,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'another IAM role with all of S3 lists uploads in parts': {
    ...other,
    action: 's3:ListBucketMultipartUploads',
    on: bucketArn,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'another IAM role with all of S3 breaks off an upload': {
    ...other,
    action: 's3:AbortMultipartUpload',
    on: object,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'another IAM role with all of S3 deletes': {
    ...other,
    action: 's3:DeleteObject',
    on: object,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'an administrator reads': {
    ...administrator,
    action: 's3:GetObject',
    on: object,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'an administrator deletes': {
    ...administrator,
    action: 's3:DeleteObject',
    on: object,
    answer: 'explicitDeny',
    changed: withoutDeny,
  },
  'an administrator changes the policy': {
    ...administrator,
    action: 's3:PutBucketPolicy',
    on: bucketArn,
    answer: 'allowed',
    changed: denyingAll,
  },
  'an administrator changes the lifecycle': {
    ...administrator,
    action: 's3:PutLifecycleConfiguration',
    on: bucketArn,
    answer: 'allowed',
    changed: denyingAll,
  },
  'CloudFormation sets the lifecycle': {
    ...cloudFormation,
    action: 's3:PutLifecycleConfiguration',
    on: bucketArn,
    answer: 'allowed',
    changed: denyingAll,
  },
  'CloudFormation reads the state of the bucket': {
    ...cloudFormation,
    action: 's3:ListBucket',
    on: bucketArn,
    answer: 'allowed',
    changed: denyingAll,
  },
  'CloudFormation deletes the bucket': {
    ...cloudFormation,
    action: 's3:DeleteBucket',
    on: bucketArn,
    answer: 'allowed',
    changed: denyingAll,
  },
  'CloudFormation deletes the policy': {
    ...cloudFormation,
    action: 's3:DeleteBucketPolicy',
    on: bucketArn,
    answer: 'allowed',
    changed: denyingAll,
  },
  'the task reads over plain HTTP': {
    ...task,
    action: 's3:GetObject',
    on: object,
    context: { 'aws:SecureTransport': 'false' },
    answer: 'explicitDeny',
    changed: withoutTls,
  },
  'an administrator lists the bucket over plain HTTP': {
    ...administrator,
    action: 's3:GetBucketPolicy',
    on: bucketArn,
    context: { 'aws:SecureTransport': 'false' },
    answer: 'explicitDeny',
    changed: withoutTls,
  },
};

function chain(...changes: ((policy: PolicyDocument) => PolicyDocument)[]) {
  return (policy: PolicyDocument) => changes.reduce((changed, change) => change(changed), policy);
}
