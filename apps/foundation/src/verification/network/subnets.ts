import { contains } from '@user-metrics/network';
import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { published } from '../../account/published';
import { type Criterion, differencesOf, type Finding } from '../criterion';

const SHAPE = 'private /26,private /26,public /27,public /27';

/** The published VPC and subnets, as EC2 tells. */
export interface ObservedSubnets {
  readonly vpcId: string;
  readonly vpcCidrBlock?: string | undefined;
  readonly subnets: readonly ObservedSubnet[];
}

interface ObservedSubnet {
  readonly kind: string;
  readonly id: string;
  readonly vpcId?: string | undefined;
  readonly cidrBlock: string;
  readonly zone?: string | undefined;
}

/** `1.1.AC1`: the VPC and the subnets of the tasks. */
export const subnets: Criterion<ObservedSubnets> = {
  id: '1.1.AC1',
  async observe(deployed) {
    const vpcId = await published(deployed, 'network/vpc-id');
    const { Vpcs: [vpc] = [] } = await deployed.aws.ec2.describeVpcs({ VpcIds: [vpcId] });
    return { vpcId, vpcCidrBlock: vpc?.CidrBlock, subnets: await describeSubnets(deployed) };
  },
  evaluate({ vpcId, vpcCidrBlock, subnets: found }, expected): Finding {
    const { network } = stageOf(expected);
    const outside = found.filter((subnet) => subnet.vpcId !== vpcId).map(({ id }) => `${id} lies in another VPC`);
    const evidence = found.map(({ kind, cidrBlock, zone }) => `${kind} ${cidrBlock} in ${zone}`).join(', ');
    const shape = found.map(({ kind, cidrBlock }) => `${kind} /${cidrBlock.split('/')[1]}`).sort();
    const zones = new Set(found.map(({ zone }) => zone));
    if (network.mode === 'existing') {
      const wrong = [...outside, ...differencesOf('the network', found.map(blockOf), statedBlocks(network))];
      // Existing subnets may have any shape; only this one is the criterion.
      const applies = wrong.length > 0 || (shape.join() === SHAPE && zones.size === 2);
      return { applies, wrong, evidence: `subnets that the configuration names: ${evidence}` };
    }
    const strays = found.map(blockOf).filter((block) => !contains(network.block, block));
    return {
      wrong: [
        ...outside,
        ...(shape.join() === SHAPE ? [] : [`the subnets are ${shape}`]),
        ...(zones.size === 2 ? [] : [`the subnets lie in ${zones.size} Availability Zones`]),
        ...strays.map((block) => `${block} lies outside ${network.block}`),
        ...(network.mode === 'new' && vpcCidrBlock !== network.block ? [`the VPC is ${vpcCidrBlock}`] : []),
      ],
      evidence: `${network.block} of ${vpcCidrBlock}: ${evidence}`,
    };
  },
};

type ExistingNetwork = Extract<ReturnType<typeof stageOf>['network'], { mode: 'existing' }>;

function statedBlocks({ publicSubnets, privateSubnets }: ExistingNetwork): string[] {
  return [...publicSubnets, ...privateSubnets].map(blockOf);
}

function blockOf({ cidrBlock }: { readonly cidrBlock: string }): string {
  return cidrBlock;
}

async function describeSubnets(deployed: DeployedStage): Promise<ObservedSubnet[]> {
  const kinds = { public: 'network/public-subnet-ids', private: 'network/private-subnet-ids' } as const;
  const found: ObservedSubnet[] = [];
  for (const [kind, name] of Object.entries(kinds)) {
    const SubnetIds = (await published(deployed, name)).split(',');
    const { Subnets = [] } = await deployed.aws.ec2.describeSubnets({ SubnetIds });
    for (const { SubnetId: id = '', VpcId: vpcId, CidrBlock: cidrBlock = '', AvailabilityZone: zone } of Subnets)
      found.push({ kind, id, vpcId, cidrBlock, zone });
  }
  return found;
}
