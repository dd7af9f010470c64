import { defineFoundation } from '@user-metrics/foundation';
import { tagValues } from '../../sst/observability/tags';

// Replace every id with yours. No context lookups: what is written here is what is deployed.
export default defineFoundation({
  tags: tagValues,

  accounts: {
    '111122223333': {
      region: 'us-east-1',
      // One budget an account, however many stages it holds: $150 a month, alerts at 80 and 100 %, a mark at $100.
      cost: { emails: ['platform@example.com'] },
    },
  },

  stages: {
    dev: {
      account: '111122223333',

      // A free /24 of the application's VPC: two public /27, two private /26. Its NAT gateway is shared.
      network: {
        mode: 'inside',
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        vpcCidrBlocks: ['10.40.0.0/16'],
        block: '10.40.250.0/24',
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        internetGatewayId: 'igw-0a1b2c3d4e5f60718',
        natGatewayId: 'nat-0a1b2c3d4e5f60718',
        // com.amazonaws.global.cloudfront.origin-facing in us-east-1
        loadBalancer: { cloudFrontPrefixListId: 'pl-3b927c52' },
      },

      // The application's Aurora PostgreSQL. Umami gets a schema and a database role of its own in it.
      database: {
        clusterIdentifier: 'application',
        host: 'application.cluster-c1a2b3c4d5e6.us-east-1.rds.amazonaws.com',
        name: 'application',
        adminSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:application-admin-a1B2c3',
        securityGroupId: 'sg-0a1b2c3d4e5f60718',
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        owner: 'none',
      },
    },
  },
});
