import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, orNone, unlessWrong } from '../check';

/** What EC2 says of the gateways that the configuration names. */
export interface ObservedGateways {
  /** VPCs that the internet gateway is attached to; nothing when there is none. */
  readonly attachedTo?: readonly string[];
  /** Nothing when there is none. */
  readonly nat?: { readonly vpcId: string; readonly state: string; readonly connectivity: string };
}

/** The internet gateway and the NAT gateway that are shared belong to the VPC and work. */
export const gateways: Check<ObservedGateways> = {
  id: 'network.gateways',
  title: 'The internet gateway and the NAT gateway belong to the VPC',
  applies: (planned) => stageOf(planned).network.mode === 'inside',
  async observe({ aws: { ec2 }, ...planned }) {
    const { network } = stageOf(planned);
    if (network.mode !== 'inside') return {};
    const { InternetGateways: [internet] = [] } = await orNone(
      ec2.describeInternetGateways({ InternetGatewayIds: [network.internetGatewayId] }),
    );
    const { NatGateways: [nat] = [] } = network.natGatewayId
      ? await orNone(ec2.describeNatGateways({ NatGatewayIds: [network.natGatewayId] }))
      : {};
    const { VpcId: vpcId = '', State: state = '', ConnectivityType: connectivity = 'public' } = nat ?? {};
    return {
      ...(internet ? { attachedTo: (internet.Attachments ?? []).flatMap(({ VpcId }) => VpcId ?? []) } : {}),
      ...(nat ? { nat: { vpcId, state, connectivity } } : {}),
    };
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
