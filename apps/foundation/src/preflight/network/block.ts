import { contains, overlaps } from '@user-metrics/network';
import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, unlessWrong, warning } from '../check';
import { type ObservedSubnet, type PeeredVpc, peeredVpcs, sharedVpcId, subnetsOf, vpcBlocks } from './vpc-facts';

export interface ObservedBlocks {
  readonly vpcBlocks: readonly string[];
  readonly subnets: readonly ObservedSubnet[];
  readonly peered: readonly PeeredVpc[];
}

/** The /24 is free: in the VPC, and in what the VPC leads to. That two stages overlap is an error of the configuration. */
export const block: Check<ObservedBlocks> = {
  id: 'network.block',
  title: 'The /24 is free',
  applies: (planned) => stageOf(planned).network.mode !== 'existing',
  async observe(stage) {
    const vpcId = sharedVpcId(stage);
    return {
      vpcBlocks: await vpcBlocks(stage, vpcId),
      subnets: await subnetsOf(stage, [vpcId]),
      peered: await peeredVpcs(stage, vpcId),
    };
  },
  evaluate({ vpcBlocks: blocks, subnets, peered }, planned) {
    const { network, database } = stageOf(planned);
    if (network.mode === 'existing') return [];
    const vpcId = sharedVpcId(planned);
    if (blocks.length === 0) return [noVpc(vpcId, planned.region)];
    // Without a peering connection of its own, a new VPC meets none of them.
    const met = network.mode === 'new' && network.peering === undefined ? [] : peered;
    const wrong: Outcome[] = met
      .filter(({ cidrs }) => cidrs.some((cidr) => overlaps(cidr, network.block)))
      .map(({ connection, vpcId: other, cidrs }) =>
        failure(
          `${network.block} overlaps ${cidrs.join(', ')} of ${other}, which ${vpcId} is peered with (${connection})`,
          'Choose a /24 that no peered VPC uses: network.block of the configuration',
        ),
      );
    const stated = network.mode === 'new' ? network.peering?.vpcCidrBlocks : network.vpcCidrBlocks;
    const isAdded = network.mode === 'inside' && network.addBlock;
    const others = blocks.filter((cidr) => !(isAdded && cidr === network.block));
    if (stated && !isSame(stated, others)) {
      const where = network.mode === 'new' ? 'network.peering.vpcCidrBlocks' : 'network.vpcCidrBlocks';
      wrong.push(
        warning(
          `${vpcId} has ${others.join(', ')}, and the configuration says ${stated.join(', ')}`,
          `Correct ${where}`,
        ),
      );
    }
    if (network.mode === 'new') {
      const clash = network.peering && others.find((cidr) => overlaps(cidr, network.block));
      if (clash)
        wrong.push(
          failure(
            `${network.block} overlaps ${clash} of ${database.vpcId}: the two VPCs cannot be peered`,
            'Choose another /24: network.block of the configuration',
          ),
        );
      return unlessWrong(wrong, `${network.block}, beside ${others.join(', ')}`);
    }
    const taken = subnets.filter(({ cidr, isOwn }) => !isOwn && overlaps(cidr, network.block));
    for (const { id, cidr } of taken)
      wrong.push(
        failure(
          `${network.block} overlaps subnet ${id} (${cidr})`,
          `Choose a free /24: aws ec2 describe-subnets --region ${planned.region} --filters Name=vpc-id,Values=${vpcId} --query 'Subnets[].CidrBlock'`,
        ),
      );
    const outer = others.find((cidr) => contains(cidr, network.block));
    if (!isAdded && !outer)
      wrong.push(
        failure(
          `${network.block} lies outside ${others.join(', ')} of ${vpcId}`,
          'Choose a /24 of these, or set network.addBlock',
        ),
      );
    const clash = isAdded && others.find((cidr) => overlaps(cidr, network.block));
    if (clash)
      wrong.push(
        failure(`${network.block} overlaps ${clash}, which ${vpcId} has already`, 'Leave network.addBlock out'),
      );
    return unlessWrong(wrong, isAdded ? `${network.block}, to be added to ${vpcId}` : `${network.block} of ${outer}`);
  },
};

/** That a VPC of the configuration is not there. */
function noVpc(vpcId: string, region: string): Outcome {
  return failure(`There is no ${vpcId} in ${region}`, `Find it with: aws ec2 describe-vpcs --region ${region}`);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join();
}
