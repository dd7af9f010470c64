import { NetworkInsideVpc, SecurityGroups } from '@user-metrics/network';
import { App, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'App');
const network = new NetworkInsideVpc(stack, 'Network', {
  vpcId: 'vpc-0123456789abcdef0',
  vpcCidrBlocks: ['10.40.0.0/16'],
  block: '10.40.250.0/24',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  internetGatewayId: 'igw-0123456789abcdef0',
});
new SecurityGroups(stack, 'SecurityGroups', { vpc: network.vpc, cloudFrontPrefixListId: 'pl-3b927c52' });
app.synth();
