import { REQUIRED_TAG_KEYS, TagSchema } from '@user-metrics/tagging/schema';
import { mapBounded } from '../../account/bounded';
import { costOf, type DeployedStage } from '../../account/deployed-stage';
import { isTaggable, readTags, type Tags } from '../../account/resource-tags';
import { inRegionOf, stackResources } from '../../account/stack-resources';
import { type TagActivation, tagActivation } from '../../account/tag-activation';
import { activationOf } from '../cost/activation';
import type { Criterion } from '../criterion';

/** A resource of the stacks with its tags. */
export interface ObservedTags {
  readonly type: string;
  readonly physicalId: string;
  readonly tags: Tags;
}

export interface ObservedSchema {
  readonly resources: readonly ObservedTags[];
  /** @default - the account has no budget, and nothing activates the keys */
  readonly activation?: TagActivation | undefined;
}

/** `1.1.AC5`: the tags of each resource, asked of its own service, and whether they are cost allocation tags. */
export const resourceTags: Criterion<ObservedSchema> = {
  id: '1.1.AC5',
  async observe(deployed) {
    const activation = costOf(deployed).budget ? await tagActivation(deployed) : undefined;
    return { resources: await taggedResources(deployed), activation };
  },
  evaluate({ resources, activation }) {
    const wrong = resources.flatMap(problemsOf);
    const right = resources.filter((resource) => problemsOf(resource).length === 0);
    return {
      wrong: resources.length > 0 ? wrong : ['there is no taggable resource'],
      evidence: `${right.length} of ${resources.length} taggable resources have the tags of the schema`,
      ...activationOf(REQUIRED_TAG_KEYS, activation),
    };
  },
};

function problemsOf({ type, physicalId, tags }: ObservedTags): string[] {
  const missing = REQUIRED_TAG_KEYS.filter((key) => !tags[key]);
  const problems = TagSchema.STANDARD.check(tags).filter(({ key }) => !missing.some((one) => one === key));
  return [
    ...(missing.length > 0 ? [`${type} ${physicalId} lacks ${missing.join(', ')}`] : []),
    ...problems.map(({ key }) => `${physicalId} has a ${key} that the schema does not allow`),
  ];
}

/** Every resource of the stacks that takes tags. */
export async function taggedResources(deployed: DeployedStage): Promise<ObservedTags[]> {
  return mapBounded((await stackResources(deployed)).filter(isTaggable), async (resource) => {
    const { type, physicalId } = resource;
    return { type, physicalId, tags: await readTags(inRegionOf(deployed, resource), resource) };
  });
}
