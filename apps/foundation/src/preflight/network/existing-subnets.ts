import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, type PlannedStage, unlessWrong } from '../check';
import { type ObservedSubnet, subnetsOf } from './vpc-facts';

/** A subnet that the configuration names. */
interface NamedSubnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly cidrBlock?: string | undefined;
}

/** The subnets that the configuration names are as it says. */
export const existingSubnets: Check<readonly ObservedSubnet[]> = {
  id: 'network.existing-subnets',
  title: 'The subnets of the configuration are in their VPC and zone',
  applies: (planned) => namedSubnets(planned).length > 0,
  async observe(stage) {
    const vpcIds = [...new Set(namedSubnets(stage).map(({ vpcId }) => vpcId))];
    return (await Promise.all(vpcIds.map((vpcId) => subnetsOf(stage, [vpcId])))).flat();
  },
  evaluate(subnets, planned) {
    const named = namedSubnets(planned);
    const wrong = named.flatMap(({ subnetId, vpcId, availabilityZone, cidrBlock }): Outcome[] => {
      const fix = `Find them with: aws ec2 describe-subnets --region ${planned.region} --filters Name=vpc-id,Values=${vpcId}`;
      const found = subnets.find(({ id, vpcId: of }) => id === subnetId && of === vpcId);
      if (!found) return [failure(`There is no ${subnetId} in ${vpcId}`, fix)];
      if (found.zone !== availabilityZone)
        return [failure(`${subnetId} is in ${found.zone}, and the configuration says ${availabilityZone}`, fix)];
      if (cidrBlock !== undefined && found.cidr !== cidrBlock)
        return [failure(`${subnetId} is ${found.cidr}, and the configuration says ${cidrBlock}`, fix)];
      return [];
    });
    return unlessWrong(wrong, named.map(({ subnetId }) => subnetId).join(', '));
  },
};

function namedSubnets(planned: PlannedStage): NamedSubnet[] {
  const { network, database } = stageOf(planned);
  const ofNetwork = network.mode === 'existing' ? [...network.publicSubnets, ...network.privateSubnets] : [];
  const inNetwork = network.mode === 'existing' ? network.vpcId : '';
  return [
    ...ofNetwork.map((subnet) => ({ ...subnet, vpcId: inNetwork })),
    ...(database.functionSubnets ?? []).map((subnet) => ({ ...subnet, vpcId: database.vpcId })),
  ];
}
