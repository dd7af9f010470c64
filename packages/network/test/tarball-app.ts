import { NetworkInsideVpc, SecurityGroups } from '@user-metrics/network';
import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'App');
const availabilityZones = ['us-east-1a', 'us-east-1b'];
const network = new NetworkInsideVpc(stack, 'Network', {
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones }),
  vpcCidrBlocks: ['10.40.0.0/16'],
  block: '10.40.250.0/24',
  availabilityZones,
  internetGatewayId: 'igw-0123456789abcdef0',
});
const cloudFrontPrefixList = ec2.PrefixList.fromPrefixListId(stack, 'CloudFront', 'pl-3b927c52');
new SecurityGroups(stack, 'SecurityGroups', { vpc: network.vpc, cloudFrontPrefixList });
app.synth();
