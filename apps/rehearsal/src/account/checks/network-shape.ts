import { contains } from '@user-metrics/network';
import { type Account, stageOf } from '../account';
import { published } from '../published';
import { type AccountCheck, differencesOf } from './account-check';

const SHAPE = 'private /26,private /26,public /27,public /27';

/** `1.1.AC1`: the subnets, as EC2 tells. */
export const networkShape: AccountCheck = {
  id: '1.1.AC1',
  async look(account) {
    const { network } = stageOf(account);
    const vpcId = await published(account, 'network/vpc-id');
    const subnets = await describeSubnets(account);
    const { Vpcs: [vpc] = [] } = await account.aws.ec2.describeVpcs({ VpcIds: [vpcId] });
    const outside = subnets.filter((subnet) => subnet.vpcId !== vpcId).map(({ id }) => `${id} lies in another VPC`);
    const evidence = `${subnets.map(({ kind, cidrBlock, zone }) => `${kind} ${cidrBlock} in ${zone}`).join(', ')}`;
    const shape = subnets.map(({ kind, cidrBlock }) => `${kind} /${cidrBlock.split('/')[1]}`).sort();
    const zones = new Set(subnets.map(({ zone }) => zone));
    if (network.mode === 'existing') {
      const stated = [...network.publicSubnets, ...network.privateSubnets].map(({ cidrBlock }) => cidrBlock);
      const found = subnets.map(({ cidrBlock }) => cidrBlock);
      const wrong = [...outside, ...differencesOf('the network', found, stated)];
      // Existing subnets may have any shape; only this one is the criterion.
      const applies = wrong.length > 0 || (shape.join() === SHAPE && zones.size === 2);
      return { applies, wrong, evidence: `subnets that the configuration names: ${evidence}` };
    }
    const strays = subnets.filter(({ cidrBlock }) => !contains(network.block, cidrBlock));
    return {
      wrong: [
        ...outside,
        ...(shape.join() === SHAPE ? [] : [`the subnets are ${shape}`]),
        ...(zones.size === 2 ? [] : [`the subnets lie in ${zones.size} Availability Zones`]),
        ...strays.map(({ cidrBlock }) => `${cidrBlock} lies outside ${network.block}`),
        ...(network.mode === 'new' && vpc?.CidrBlock !== network.block ? [`the VPC is ${vpc?.CidrBlock}`] : []),
      ],
      evidence: `${network.block} of ${vpc?.CidrBlock}: ${evidence}`,
    };
  },
};

async function describeSubnets(account: Account) {
  const kinds = { public: 'network/public-subnet-ids', private: 'network/private-subnet-ids' } as const;
  const found = [];
  for (const [kind, name] of Object.entries(kinds)) {
    const SubnetIds = (await published(account, name)).split(',');
    const { Subnets = [] } = await account.aws.ec2.describeSubnets({ SubnetIds });
    for (const { SubnetId: id = '', VpcId: vpcId, CidrBlock: cidrBlock = '', AvailabilityZone: zone } of Subnets)
      found.push({ kind, id, vpcId, cidrBlock, zone });
  }
  return found;
}
