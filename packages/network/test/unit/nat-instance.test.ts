import { describe, expect, test } from 'vitest';
import { Nat } from '../../src';
import { NETWORKS } from './networks';
import { ofType, type Properties, propertiesOf, resourcesOf, target } from './template';

describe.each(NETWORKS)('a network %s with a NAT instance', (_, create) => {
  const { stack } = create({ nat: Nat.instance() });
  const [[id = '', instance] = []] = ofType(stack, 'AWS::EC2::Instance');
  const properties = instance?.Properties ?? {};

  test('has no NAT gateway, and one small instance in the first public subnet', () => {
    expect(ofType(stack, 'AWS::EC2::NatGateway')).toEqual([]);
    expect(ofType(stack, 'AWS::EC2::Instance')).toHaveLength(1);
    expect(properties['InstanceType']).toBe('t4g.nano');
    const [nic] = properties['NetworkInterfaces'] as Properties[];
    expect(resourcesOf(stack)[target(nic?.['SubnetId'])]?.Properties['CidrBlock']).toBe('10.40.250.0/27');
    expect(nic?.['AssociatePublicIpAddress']).toBe(true);
  });

  test('forwards what is not for itself, from both private subnets', () => {
    expect(properties['SourceDestCheck']).toBe(false);
    expect(JSON.stringify(properties['UserData'])).toContain('net.ipv4.ip_forward=1');
    const tables = propertiesOf(stack, 'AWS::EC2::Route').filter((route) => target(route['InstanceId'] ?? '') === id);
    expect(tables.map((route) => route['DestinationCidrBlock'])).toEqual(['0.0.0.0/0', '0.0.0.0/0']);
  });

  test('starts when the internet can be reached, where it gets iptables from', () => {
    const waited = instance?.DependsOn?.map((each) => resourcesOf(stack)[each]?.Type);
    expect(waited).toContain('AWS::EC2::Route');
    expect(waited).toContain('AWS::EC2::SubnetRouteTableAssociation');
  });

  test('is closed to everybody but the tasks', () => {
    const groups = propertiesOf(stack, 'AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(1);
    expect(
      groups.flatMap(({ SecurityGroupIngress }) => SecurityGroupIngress as Properties[]).map(({ CidrIp }) => CidrIp),
    ).toEqual(['10.40.250.64/26', '10.40.250.128/26']);
  });

  test('is hardened: session tokens for its metadata, an encrypted disk, no IAM role', () => {
    expect(properties['MetadataOptions']).toEqual({ HttpTokens: 'required' });
    expect(properties['BlockDeviceMappings']).toMatchObject([
      { Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 8 } },
    ]);
    expect(properties).not.toHaveProperty('IamInstanceProfile');
    expect(ofType(stack, 'AWS::IAM::Role').filter(([role]) => role.includes('Nat'))).toEqual([]);
  });

  test('takes the newest image of Amazon at deployment, without a look-up at synth', () => {
    expect(target(properties['ImageId'])).toMatch(/^SsmParameterValue.*al2023amikernel.*arm64/);
  });
});
