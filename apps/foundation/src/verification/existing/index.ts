import { unchanged } from './unchanged';

const NETWORK = [
  'VPC',
  'subnet',
  'route table',
  'network ACL',
  'internet gateway',
  'security group',
  'NAT gateway',
  'VPC endpoint',
  'VPC peering connection',
];
const DATABASE = ['database cluster', 'database instance', 'cluster parameter group', 'parameter group'];
const RIGHTS = ['IAM role', 'IAM policy'];

/** What existed before the first deployment, by the integration verification that is about it. */
export const INTEGRATION_VERIFICATIONS = [
  unchanged('1.1.IV1', NETWORK),
  unchanged('1.1.IV2', ['function', 'security group', ...DATABASE], ['lambda', 'sql']),
  // What a pipeline deploys, and what it deploys with.
  unchanged('1.1.IV3', ['function', ...RIGHTS]),
  unchanged('1.3.IV1', ['bucket']),
  unchanged('1.3.IV2', ['distribution']),
  unchanged('1.3.IV3', ['bucket', ...RIGHTS], ['url']),
  unchanged('1.4.IV1', ['budget', 'alarm', 'dashboard', 'topic', 'subscription']),
  unchanged('1.4.IV2', ['tagged resource', 'cost allocation tag']),
];
