import type { Clients } from '../../account/clients';
import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, ok, orNone, warning } from '../check';
import { observeCluster } from './cluster';

type Tags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];
/** What manages a resource. */
export type Owner = 'cloudformation' | 'sst' | 'terraform';

/** Tags of what the deployment changes, and of the cluster; nothing for what is not there. */
export interface ObservedTags {
  readonly securityGroup?: Tags | undefined;
  readonly cluster?: Tags | undefined;
}

/** Who manages the database's security group, by its tags, is who the configuration says. */
export const owner: Check<ObservedTags> = {
  id: 'database.owner',
  title: "The owner of the database's security group is the one of the configuration",
  async observe(stage) {
    const { securityGroupId } = stageOf(stage).database;
    const securityGroup = await readGroupTags(stage.aws, securityGroupId);
    const cluster = await observeCluster(stage);
    return { ...(securityGroup ? { securityGroup } : {}), ...(cluster ? { cluster: cluster.tags } : {}) };
  },
  evaluate({ securityGroup, cluster }, planned) {
    const { database } = stageOf(planned);
    const { securityGroupId: id, owner: stated } = database;
    if (!securityGroup)
      return [
        failure(
          `There is no ${id} in ${planned.region}`,
          `Find it with: aws rds describe-db-clusters --region ${planned.region} --db-cluster-identifier ${database.clusterIdentifier} --query 'DBClusters[].VpcSecurityGroups'`,
        ),
      ];
    const { sure, guess } = ownerByTags({ securityGroup, cluster });
    return [compare(id, stated, sure, guess)];
  },
};

function compare(id: string, stated: Owner | 'none', sure: Owner | undefined, guess: Owner | undefined): Outcome {
  if (guess === stated) return ok(`${stated}, by the tags of ${id}`);
  if (guess === undefined)
    return ok(
      stated === 'none'
        ? `${id} has no tags of CloudFormation, SST or Terraform`
        : `${stated}; ${id} has no tags of it`,
    );
  const fix = `Set database.owner to '${guess}': the lines to add are then printed, and nothing is changed in ${id}`;
  const says = `${id} has tags of ${guess}, and the configuration says ${stated}`;
  // What a tool puts back is open again, and closed, without a word.
  return sure !== undefined && stated === 'none' ? failure(says, fix) : warning(says, fix);
}

/** Tags of a security group; nothing where there is none. */
export async function readGroupTags({ ec2 }: Pick<Clients, 'ec2'>, id: string): Promise<Tags | undefined> {
  const { SecurityGroups: [group] = [] } = await orNone(ec2.describeSecurityGroups({ GroupIds: [id] }));
  return group && (group.Tags ?? []);
}

/** Who manages the database's security group: for sure, by tags that a tool writes itself, or by what people wrote. */
export function ownerByTags({ securityGroup = [], cluster = [] }: ObservedTags): {
  readonly sure: Owner | undefined;
  readonly guess: Owner | undefined;
} {
  const sure = ownerOf(securityGroup) ?? ownerOf(cluster);
  return { sure, guess: sure ?? hintOf(securityGroup) ?? hintOf(cluster) };
}

/** By the tags that the tools write themselves. */
function ownerOf(tags: Tags): Owner | undefined {
  // SST and Terraform copy no tags of CloudFormation: AWS refuses keys that begin with aws:.
  if (tags.some(({ Key }) => Key === 'aws:cloudformation:stack-name')) return 'cloudformation';
  return tags.some(({ Key }) => Key === 'sst:app' || Key === 'sst:stage') ? 'sst' : undefined;
}

/** By the tags that people write; Terraform itself writes none. */
function hintOf(tags: Tags): Owner | undefined {
  const texts = tags
    .filter(({ Key = '' }) => /^(managed[-_ ]?by|terraform|iac|provisioner)$/i.test(Key))
    .map(({ Key, Value }) => `${Key} ${Value}`);
  if (texts.some((text) => /terraform|opentofu/i.test(text))) return 'terraform';
  if (texts.some((text) => /\bsst\b/i.test(text))) return 'sst';
  return texts.some((text) => /cloudformation|\bcdk\b/i.test(text)) ? 'cloudformation' : undefined;
}
