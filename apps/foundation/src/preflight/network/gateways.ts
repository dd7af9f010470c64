import type { DescribeInternetGatewaysCommandInput, DescribeNatGatewaysCommandInput } from '@aws-sdk/client-ec2';
import type { Clients } from '../../account/clients';
import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, orNone, unlessWrong } from '../check';

/** A NAT gateway as EC2 describes it. */
export interface ObservedNatGateway {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly state: string;
  readonly connectivity: string;
}

/** Internet gateways and the VPCs that they are attached to; none where there is no such gateway. */
export async function readInternetGateways(
  { ec2 }: Pick<Clients, 'ec2'>,
  which: DescribeInternetGatewaysCommandInput,
): Promise<{ readonly id: string; readonly attachedTo: readonly string[] }[]> {
  const { InternetGateways = [] } = await orNone(ec2.describeInternetGateways(which));
  return InternetGateways.map(({ InternetGatewayId: id = '', Attachments = [] }) => ({
    id,
    attachedTo: Attachments.flatMap(({ VpcId }) => VpcId ?? []),
  }));
}

/** NAT gateways; none where there is no such gateway. */
export async function readNatGateways(
  { ec2 }: Pick<Clients, 'ec2'>,
  which: DescribeNatGatewaysCommandInput,
): Promise<ObservedNatGateway[]> {
  const { NatGateways = [] } = await orNone(ec2.describeNatGateways(which));
  return NatGateways.map(
    ({ NatGatewayId: id = '', VpcId: vpcId = '', SubnetId: subnetId = '', State: state = '', ConnectivityType }) => {
      return { id, vpcId, subnetId, state, connectivity: ConnectivityType ?? 'public' };
    },
  );
}

/** What EC2 says of the gateways that the configuration names. */
export interface ObservedGateways {
  /** VPCs that the internet gateway is attached to; nothing when there is none. */
  readonly attachedTo?: readonly string[];
  /** Nothing when there is none. */
  readonly nat?: Pick<ObservedNatGateway, 'vpcId' | 'state' | 'connectivity'>;
}

/** The internet gateway and the NAT gateway that are shared belong to the VPC and work. */
export const gateways: Check<ObservedGateways> = {
  id: 'network.gateways',
  title: 'The internet gateway and the NAT gateway belong to the VPC',
  applies: (planned) => stageOf(planned).network.mode === 'inside',
  async observe({ aws, ...planned }) {
    const { network } = stageOf(planned);
    if (network.mode !== 'inside') return {};
    const [internet] = await readInternetGateways(aws, { InternetGatewayIds: [network.internetGatewayId] });
    const [nat] = network.natGatewayId ? await readNatGateways(aws, { NatGatewayIds: [network.natGatewayId] }) : [];
    return { ...(internet ? { attachedTo: internet.attachedTo } : {}), ...(nat ? { nat } : {}) };
  },
  evaluate({ attachedTo, nat }, planned) {
    const { network } = stageOf(planned);
    if (network.mode !== 'inside') return [];
    const { vpcId, internetGatewayId, natGatewayId } = network;
    const inVpc = `--region ${planned.region}`;
    const findInternet = `Find it with: aws ec2 describe-internet-gateways ${inVpc} --filters Name=attachment.vpc-id,Values=${vpcId}`;
    const findNat = `Find one with: aws ec2 describe-nat-gateways ${inVpc} --filter Name=vpc-id,Values=${vpcId} Name=state,Values=available`;
    const wrong: Outcome[] = [];
    if (!attachedTo) wrong.push(failure(`There is no ${internetGatewayId}`, findInternet));
    else if (!attachedTo.includes(vpcId))
      wrong.push(failure(`${internetGatewayId} is attached to ${attachedTo.join(', ') || 'no VPC'}`, findInternet));
    if (natGatewayId) {
      if (!nat) wrong.push(failure(`There is no ${natGatewayId}`, findNat));
      else if (nat.vpcId !== vpcId) wrong.push(failure(`${natGatewayId} is in ${nat.vpcId}, not in ${vpcId}`, findNat));
      else if (nat.state !== 'available') wrong.push(failure(`${natGatewayId} is ${nat.state}`, findNat));
      else if (nat.connectivity !== 'public')
        wrong.push(failure(`${natGatewayId} is private: it does not lead to the internet`, findNat));
    }
    return unlessWrong(wrong, [internetGatewayId, ...(natGatewayId ? [natGatewayId] : [])].join(', '));
  },
};
