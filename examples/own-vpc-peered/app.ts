import { NewNetwork, SecurityGroups, VpcPeering } from '@user-metrics/network';
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, 'Observability');

const network = new NewNetwork(stack, 'Network', {
  block: '10.41.0.0/24',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
});
const peering = new VpcPeering(stack, 'Peering', {
  network,
  peerVpcId: 'vpc-0123456789abcdef0',
  peerCidrBlocks: ['10.40.0.0/16'],
  peerRouteTableIds: ['rtb-0123456789abcdef0'],
  addRoutesBack: false, // `requiredRoutes` are left to the owner of the route tables
});
new SecurityGroups(stack, 'SecurityGroups', {
  vpc: network.vpc,
  loadBalancerCidrBlocks: ['203.0.113.0/24'],
  databaseCidrBlocks: ['10.40.0.0/16'],
});
new CfnOutput(stack, 'RoutesToAdd', { value: stack.toJsonString(peering.requiredRoutes) });

app.synth();
