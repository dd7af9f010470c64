/** Where logs are kept. */
export const LOG_GROUP = 'AWS::Logs::LogGroup';

/** Types that hold data of the observability stack or of its users, and so have to say which. */
export const DATA_STORES = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  LOG_GROUP,
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::Timestream::Table',
] as const;

/** Whether resources of a CloudFormation type hold data, so that the tag `DataType` is required. */
export function storesData(type: string): boolean {
  return (DATA_STORES as readonly string[]).includes(type);
}
