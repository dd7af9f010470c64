import { paginateDescribeNatGateways } from '@aws-sdk/client-ec2';
import { stageOf } from '../../account/deployed-stage';
import { all } from '../../account/pages';
import { stageStackName } from '../../stacks/stack-names';
import { type AskedStage, type Check, failure, type Outcome, type PlannedStage, unlessWrong, warning } from '../check';
import { subnetsOf, vpcs } from '../network/vpc-facts';
import { stackStatuses } from '../stacks/stack-states';

/** A quota, and how much of it is used. */
export interface ObservedQuota {
  readonly name: string;
  readonly used: number;
  /** @default - Service Quotas does not know it */
  readonly limit: number | undefined;
  /** How many the deployment adds. */
  readonly added: number;
  readonly serviceCode: string;
  readonly quotaCode: string;
}

const NAT_GATEWAY = 'AWS::EC2::NatGateway';

/** Quotas of which the stage may need more, by the resource type of its template. */
const QUOTAS = {
  'AWS::EC2::VPC': { name: 'VPCs per Region', serviceCode: 'vpc', quotaCode: 'L-F678F1CE', used: countVpcs },
  'AWS::EC2::EIP': { name: 'Elastic IP addresses', serviceCode: 'ec2', quotaCode: 'L-0263D0A3', used: countAddresses },
  [NAT_GATEWAY]: { name: 'NAT gateways per zone', serviceCode: 'vpc', quotaCode: 'L-FE5A380F', used: countNatGateways },
} as const;

/** What the network stack creates fits into the quotas of the account. */
export const quotas: Check<readonly ObservedQuota[]> = {
  id: 'account.quotas',
  title: 'The quotas of VPCs, Elastic IP addresses and NAT gateways suffice',
  applies: (planned) => Object.keys(QUOTAS).some((type) => countIn(planned, type) > 0),
  async observe(stage) {
    const isDeployed = (await stackStatuses(stage)).has(stageStackName(stage.stage, 'Network'));
    const found = Object.entries(QUOTAS).map(async ([type, { name, serviceCode, quotaCode, used }]) => {
      const count = countIn(stage, type);
      if (count === 0) return [];
      const limit = await limitOf(stage, { ServiceCode: serviceCode, QuotaCode: quotaCode });
      // Several NAT gateways are in a zone each.
      const added = isDeployed ? 0 : type === NAT_GATEWAY ? 1 : count;
      return [{ name, used: await used(stage), limit, added, serviceCode, quotaCode }];
    });
    return (await Promise.all(found)).flat();
  },
  evaluate(found, { region }) {
    const wrong = found
      .filter(({ used, limit = 0, added }) => added > 0 && used + added > limit)
      .map(({ name, used, limit, added, serviceCode, quotaCode }): Outcome => {
        if (limit === undefined)
          return warning(
            `${name}: ${used} are used, and the deployment adds ${added}; Service Quotas knows no limit`,
            `aws service-quotas list-service-quotas --region ${region} --service-code ${serviceCode}`,
          );
        const says = `${name}: ${used} of ${limit} are used, and the deployment adds ${added}`;
        const raise = `aws service-quotas request-service-quota-increase --region ${region} --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${used + added}`;
        return failure(says, raise);
      });
    const counts = found.map(
      ({ name, used, limit, added }) => `${name}: ${used} of ${limit ?? 'an unknown limit'} used, ${added} added`,
    );
    return unlessWrong(wrong, counts.join('; '));
  },
};

/** The quota of the account; where none was ever applied, that of AWS. Some Regions know neither. */
async function limitOf(
  { aws: { serviceQuotas } }: AskedStage,
  request: { readonly ServiceCode: string; readonly QuotaCode: string },
): Promise<number | undefined> {
  const ifKnown = (error: Error) => {
    if (error.name === 'NoSuchResourceException') return undefined;
    throw error;
  };
  const applied = await serviceQuotas.getServiceQuota(request).catch(ifKnown);
  const found = applied ?? (await serviceQuotas.getAWSDefaultServiceQuota(request).catch(ifKnown));
  return found?.Quota?.Value;
}

function countIn({ stacks, stage }: PlannedStage, type: string): number {
  const template = stacks.find(({ name }) => name === stageStackName(stage, 'Network'))?.template;
  return Object.values(template?.Resources ?? {}).filter(({ Type }) => Type === type).length;
}

async function countVpcs(stage: AskedStage): Promise<number> {
  return (await vpcs(stage)).length;
}

async function countAddresses({ aws }: AskedStage): Promise<number> {
  return ((await aws.ec2.describeAddresses({})).Addresses ?? []).length;
}

/** Of the zone of the stage that has most of them. */
async function countNatGateways(stage: AskedStage): Promise<number> {
  const { network } = stageOf(stage);
  const zones = network.mode === 'existing' ? [] : network.availabilityZones;
  const existing = await all(paginateDescribeNatGateways({ client: stage.aws.ec2 }, {}), (page) => page.NatGateways);
  const gateways = existing
    .filter(({ State }) => State === 'available' || State === 'pending')
    .map(({ VpcId: vpcId = '', SubnetId: subnetId = '' }) => ({ vpcId, subnetId }));
  const vpcIds = [...new Set(gateways.map(({ vpcId }) => vpcId))];
  const subnets = vpcIds.length > 0 ? await subnetsOf(stage, vpcIds) : [];
  const zoneOf = new Map(subnets.map(({ id, zone }) => [id, zone]));
  return Math.max(0, ...zones.map((zone) => gateways.filter(({ subnetId }) => zoneOf.get(subnetId) === zone).length));
}
