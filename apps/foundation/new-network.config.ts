import { defineFoundation, type FoundationConfig } from '@user-metrics/foundation';
import inside from './foundation.config';

// The same stage in a VPC of its own, with its own NAT gateway, peered to the database's. What that costs:
// npx projen estimate --config apps/foundation/new-network.config.ts
const { dev } = inside.stages as { readonly dev: FoundationConfig['stages'][string] };

export default defineFoundation({
  ...inside,
  stages: {
    dev: {
      ...dev,
      network: {
        mode: 'new',
        block: '10.41.0.0/24',
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        peering: { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: ['rtb-0a1b2c3d4e5f60718'] },
        loadBalancer: { cloudFrontPrefixListId: 'pl-3b927c52' },
      },
      database: {
        ...dev.database,
        functionSubnets: [{ subnetId: 'subnet-0a1b2c3d4e5f60718', availabilityZone: 'us-east-1a' }],
      },
    },
  },
});
