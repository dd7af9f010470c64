const NO_CHARGE = 'AWS charges nothing for it';

/**
 * Types that cost nothing, and why; of those that have a rule too, some resources. A type that has neither a rule nor a
 * line here is listed as unknown.
 */
export const FREE_TYPES: { readonly [type: string]: string } = {
  'AWS::BCM::Dashboard': NO_CHARGE,
  'AWS::Budgets::Budget': 'budgets that only tell are free',
  'AWS::CDK::Metadata': 'no resource',
  'AWS::CE::AnomalyMonitor': 'cost anomaly detection is free',
  'AWS::CE::AnomalySubscription': 'cost anomaly detection is free; its messages are billed with the topic',
  'AWS::EC2::InternetGateway': NO_CHARGE,
  'AWS::EC2::Route': NO_CHARGE,
  'AWS::EC2::RouteTable': NO_CHARGE,
  'AWS::EC2::SecurityGroup': NO_CHARGE,
  'AWS::EC2::SecurityGroupEgress': NO_CHARGE,
  'AWS::EC2::SecurityGroupIngress': NO_CHARGE,
  'AWS::EC2::Subnet': NO_CHARGE,
  'AWS::EC2::SubnetRouteTableAssociation': NO_CHARGE,
  'AWS::EC2::VPC': NO_CHARGE,
  'AWS::EC2::VPCCidrBlock': NO_CHARGE,
  'AWS::EC2::VPCEndpoint': 'gateway endpoints are free',
  'AWS::EC2::VPCGatewayAttachment': NO_CHARGE,
  'AWS::Events::Rule': 'schedules and events of AWS services are free',
  'AWS::IAM::InstanceProfile': NO_CHARGE,
  'AWS::IAM::ManagedPolicy': NO_CHARGE,
  'AWS::IAM::Policy': NO_CHARGE,
  'AWS::IAM::Role': NO_CHARGE,
  'AWS::KMS::Alias': NO_CHARGE,
  'AWS::Lambda::Permission': NO_CHARGE,
  'AWS::Logs::QueryDefinition': 'only its runs are billed, by what they read',
  'AWS::ResourceGroups::Group': NO_CHARGE,
  'AWS::S3::BucketPolicy': NO_CHARGE,
  'AWS::SNS::TopicPolicy': NO_CHARGE,
  'AWS::SSM::Parameter': 'standard parameters are free',
  'AWS::Scheduler::Schedule': 'the first 14 million runs of a month are free',
  'AWS::Scheduler::ScheduleGroup': NO_CHARGE,
  'AWS::SecretsManager::ResourcePolicy': NO_CHARGE,
  'AWS::SecretsManager::RotationSchedule': 'the function that rotates is billed',
  'Custom::S3AutoDeleteObjects': 'the function behind it is billed',
  'Custom::VpcRestrictDefaultSG': 'the function behind it is billed',
};
