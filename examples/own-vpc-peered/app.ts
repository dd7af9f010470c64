import { NewNetwork, SecurityGroups, VpcPeering } from '@user-metrics/network';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, 'Observability');

const availabilityZones = ['us-east-1a', 'us-east-1b'];
const network = new NewNetwork(stack, 'Network', { block: '10.41.0.0/24', availabilityZones });
const peering = new VpcPeering(stack, 'Peering', {
  network,
  peerVpc: Vpc.fromVpcAttributes(stack, 'DatabaseVpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones }),
  peerCidrBlocks: ['10.40.0.0/16'],
  peerRouteTables: [{ routeTableId: 'rtb-0123456789abcdef0' }],
  addRoutesBack: false, // `requiredRoutes` are left to the owner of the route tables
});
new SecurityGroups(stack, 'SecurityGroups', {
  vpc: network.vpc,
  loadBalancerCidrBlocks: ['203.0.113.0/24'],
  databaseCidrBlocks: ['10.40.0.0/16'],
});
new CfnOutput(stack, 'RoutesToAdd', { value: stack.toJsonString(peering.requiredRoutes) });

app.synth();
