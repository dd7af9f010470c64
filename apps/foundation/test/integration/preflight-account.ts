import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';

/** What is different from an account in which all is well. */
export interface Different {
  /** Operations that nobody may call. @default - none */
  readonly denied?: readonly string[];
  /** Operations that find nothing. @default - those of `isEmpty` */
  readonly absent?: readonly string[];
  /** How often each operation is throttled before it is answered. @default 0 */
  readonly throttled?: number;
  /** Key that the administrator's secret is encrypted with. @default - the key of AWS */
  readonly kmsKeyId?: string;
  /** Whether there is nothing in the account, not even a bootstrap. @default false */
  readonly isEmpty?: boolean;
  /** Operation from which on the credentials are expired. @default - never */
  readonly expiredFrom?: string;
}

const VPC = 'vpc-0a1b2c3d4e5f60718';
const ADMIN_SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:application-admin-a1B2c3';
const SUBNET = 'subnet-0123456789abcdef1';

const item = (body: string) => `<item>${body}</item>`;
const tag = (name: string, body: string | number | boolean) => `<${name}>${body}</${name}>`;
const tags = (values: { readonly [name: string]: string | number | boolean }) =>
  Object.entries(values)
    .map(([name, value]) => tag(name, value))
    .join('');

/** Answers of EC2, without the outer element. */
const EC2: { readonly [operation: string]: string } = {
  DescribeAvailabilityZones: tag(
    'availabilityZoneInfo',
    ['a', 'b'].map((letter) => item(tags({ zoneName: `us-east-1${letter}`, zoneState: 'available' }))).join(''),
  ),
  DescribeVpcs: tag(
    'vpcSet',
    item(
      tags({ vpcId: VPC, cidrBlock: '10.40.0.0/16' }) +
        tag('cidrBlockAssociationSet', item(tags({ cidrBlock: '10.40.0.0/16' }))),
    ),
  ),
  DescribeSubnets: tag(
    'subnetSet',
    item(tags({ subnetId: SUBNET, vpcId: VPC, cidrBlock: '10.40.1.0/24', availabilityZone: 'us-east-1a' })),
  ),
  DescribeVpcPeeringConnections: tag('vpcPeeringConnectionSet', ''),
  DescribeInternetGateways: tag(
    'internetGatewaySet',
    item(tags({ internetGatewayId: 'igw-0a1b2c3d4e5f60718' }) + tag('attachmentSet', item(tags({ vpcId: VPC })))),
  ),
  DescribeNatGateways: tag(
    'natGatewaySet',
    item(tags({ natGatewayId: 'nat-0a1b2c3d4e5f60718', vpcId: VPC, subnetId: SUBNET, state: 'available' })),
  ),
  DescribeManagedPrefixLists: tag(
    'prefixListSet',
    item(tags({ prefixListId: 'pl-3b927c52', prefixListName: 'com.amazonaws.global.cloudfront.origin-facing' })),
  ),
  DescribeRouteTables: tag(
    'routeTableSet',
    item(
      tags({ routeTableId: 'rtb-1', vpcId: VPC }) +
        tag('associationSet', item(tags({ main: true }))) +
        tag('routeSet', item(tags({ destinationPrefixListId: 'pl-1', transitGatewayId: 'tgw-1' }))),
    ),
  ),
  DescribeNetworkAcls: tag('networkAclSet', ''),
  DescribeVpcEndpoints: tag('vpcEndpointSet', ''),
  GetManagedPrefixListEntries: tag('entrySet', item(tags({ cidr: '10.60.0.0/16' }))),
  DescribeSecurityGroups: tag('securityGroupInfo', item(tags({ groupId: 'sg-0a1b2c3d4e5f60718' }))),
  DescribeAddresses: tag('addressesSet', ''),
};

const CLUSTER = {
  DBClusterIdentifier: 'application',
  Engine: 'aurora-postgresql',
  EngineVersion: '16.6',
  Status: 'available',
  DatabaseName: 'application',
  Endpoint: 'application.cluster-c1a2b3c4d5e6.us-east-1.rds.amazonaws.com',
  Port: 5432,
  DBSubnetGroup: 'application',
};

/** Answers of the other services. */
const OTHERS: { readonly [operation: string]: (asked: Asked) => Answer } = {
  GetCallerIdentity: ({ action }) => xml(action, '<Account>111122223333</Account>'),
  ListStacks: ({ action }) => xml(action, '<StackSummaries/>'),
  DescribeDBClusters: ({ action }) =>
    xml(
      action,
      tag(
        'DBClusters',
        tag(
          'DBCluster',
          tags(CLUSTER) +
            tag(
              'VpcSecurityGroups',
              tag('VpcSecurityGroupMembership', tags({ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718' })),
            ),
        ),
      ),
    ),
  DescribeDBSubnetGroups: ({ action }) =>
    xml(
      action,
      tag(
        'DBSubnetGroups',
        tag('DBSubnetGroup', tags({ VpcId: VPC }) + tag('Subnets', tag('Subnet', tags({ SubnetIdentifier: SUBNET })))),
      ),
    ),
  GetParameter: ({ parameters, refuse }) =>
    String(parameters['Name']).startsWith('/cdk-bootstrap')
      ? json({ Parameter: { Name: String(parameters['Name']), Value: '30' } })
      : refuse('ParameterNotFound', 'none'),
  GetParameters: () => json({ Parameters: [] }),
  GetParametersByPath: () => json({ Parameters: [] }),
  DescribeLogGroups: () => json({ logGroups: [] }),
  DescribeSecret: ({ parameters }) =>
    json({ ARN: String(parameters['SecretId']).replace(/^application-admin$/, ADMIN_SECRET) }),
  DescribeKey: () => json({ KeyMetadata: { Arn: 'arn:aws:kms:us-east-1:111122223333:key/shop' } }),
  ListSecrets: () => json({ SecretList: [{ Name: 'application-admin' }, { Name: 'rotated', OwningService: 'rds' }] }),
  GetSecretValue: () => json({ SecretString: JSON.stringify({ username: 'u', password: 'never shown' }) }),
  GetServiceQuota: () => json({ Quota: { Value: 5 } }),
  GetAWSDefaultServiceQuota: () => json({ Quota: { Value: 7 } }),
  DescribeBudgets: () => json({ Budgets: [] }),
  ListMetrics: () => json({ Metrics: [{ Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges' }] }),
};

/** Errors that say that something is not there. */
const ABSENT: { readonly [operation: string]: string } = {
  DescribeDBClusters: 'DBClusterNotFoundFault',
  DescribeManagedPrefixLists: 'InvalidPrefixListID.NotFound',
  DescribeInternetGateways: 'InvalidInternetGatewayID.NotFound',
  DescribeSecurityGroups: 'InvalidGroup.NotFound',
  DescribeSecret: 'ResourceNotFoundException',
  GetParameter: 'ParameterNotFound',
};

/** An account with an application, before the first deployment. */
export async function startPreflightAccount(different: Different = {}): Promise<AwsEndpoint> {
  const throttled = new Map<string, number>();
  let isExpired = false;
  return startEndpoint((asked) => {
    const { action, refuse } = asked;
    isExpired ||= different.expiredFrom === action;
    if (isExpired) return refuse('ExpiredToken', 'The security token included in the request is expired', 403);
    const before = throttled.get(action) ?? 0;
    throttled.set(action, before + 1);
    if (before < (different.throttled ?? 0)) return refuse('ThrottlingException', 'Rate exceeded', 429);
    if (different.absent?.includes(action)) return refuse('NoSuchResourceException', 'none');
    if (different.denied?.includes(action)) return refuse('AccessDenied', 'no', 403);
    if (different.isEmpty && action === 'DescribeDBClusters' && !asked.parameters['DBClusterIdentifier'])
      return xml(action, '<DBClusters/>');
    if (different.isEmpty && ABSENT[action]) return refuse(ABSENT[action], 'none');
    if (action === 'DescribeSecret' && different.kmsKeyId)
      return json({ ARN: ADMIN_SECRET, KmsKeyId: different.kmsKeyId });
    if (EC2[action] === undefined) return answerOf(asked);
    const body = different.isEmpty && action !== 'DescribeAvailabilityZones' ? '' : EC2[action];
    return { status: 200, type: 'text/xml', body: tag(`${action}Response`, body) };
  });
}

function answerOf(asked: Asked): Answer {
  const answer = OTHERS[asked.action];
  if (!answer) throw new Error('not expected');
  return answer(asked);
}
