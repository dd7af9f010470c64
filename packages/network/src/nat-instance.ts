import {
  AmazonLinuxCpuType,
  CfnInstance,
  type IVpc,
  MachineImage,
  NatInstanceProviderV2,
  Peer,
  Port,
  type PrivateSubnet,
  type PublicSubnet,
  SecurityGroup,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { Fn, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Props of {@link NatInstance}. */
export interface NatInstanceProps {
  readonly vpc: IVpc;
  /** Public subnet of the instance. */
  readonly subnet: PublicSubnet;
  /** Subnets whose traffic it forwards. */
  readonly clients: readonly PrivateSubnet[];
}

/**
 * An instance that forwards traffic, as CDK's `NatInstanceProviderV2` makes it, which takes only a `Vpc` that creates its
 * own subnets. It needs no IAM role: the trust of one could not have conditions against a confused deputy.
 */
export class NatInstance extends Construct {
  readonly instanceId: string;

  constructor(scope: Construct, id: string, { vpc, subnet, clients }: NatInstanceProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'NAT instance of Umami and OpenReplay',
      // Wherever the tasks may go.
      allowAllOutbound: true,
    });
    for (const { ipv4CidrBlock } of clients) {
      securityGroup.addIngressRule(Peer.ipv4(ipv4CidrBlock), Port.allTraffic(), 'Traffic of the tasks');
    }
    const userData = UserData.forLinux();
    userData.addCommands(...NatInstanceProviderV2.DEFAULT_USER_DATA_COMMANDS);
    const instance = new CfnInstance(this, 'Resource', {
      instanceType: 't4g.nano',
      // From a public parameter of Amazon, at deployment: nothing is looked up at synth.
      imageId: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }).getImage(this).imageId,
      userData: Fn.base64(userData.render()),
      sourceDestCheck: false,
      metadataOptions: { httpTokens: 'required' },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeSize: 8, volumeType: 'gp3', encrypted: true, deleteOnTermination: true },
        },
      ],
      networkInterfaces: [
        {
          deviceIndex: '0',
          subnetId: subnet.subnetId,
          associatePublicIpAddress: true,
          groupSet: [securityGroup.securityGroupId],
        },
      ],
    });
    // It installs iptables when it starts.
    instance.node.addDependency(subnet.internetConnectivityEstablished);
    for (const named of [securityGroup, instance]) Tags.of(named).add('Name', this.node.path);
    this.instanceId = instance.ref;
  }
}
