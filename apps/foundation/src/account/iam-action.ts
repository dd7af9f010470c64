/** Prefixes of IAM actions that are not the name of the service in small letters. */
const PREFIXES: { readonly [serviceId: string]: string } = {
  'CloudWatch Logs': 'logs',
  // Cloud Control is a part of CloudFormation.
  CloudControl: 'cloudformation',
  'Cost Explorer': 'ce',
  EventBridge: 'events',
  'Resource Groups Tagging API': 'tag',
};

/** Actions that allow an operation of another name (Service Authorization Reference). */
const ACTIONS: { readonly [operation: string]: string } = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:GetBucketCors': 's3:GetBucketCORS',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListBucketIntelligentTieringConfigurations': 's3:GetIntelligentTieringConfiguration',
  's3:ListBucketMetricsConfigurations': 's3:GetMetricsConfiguration',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectsV2': 's3:ListBucket',
};

/** The IAM action that allows an operation of a service, such as `ec2:DescribeVpcs`. */
export function iamAction(serviceId: string, operation: string): string {
  const prefix = PREFIXES[serviceId] ?? serviceId.toLowerCase().replaceAll(' ', '');
  if (prefix === 'budgets') return operation.startsWith('ListTags') ? `budgets:${operation}` : 'budgets:ViewBudget';
  const action = `${prefix}:${operation}`;
  return ACTIONS[action] ?? action;
}
