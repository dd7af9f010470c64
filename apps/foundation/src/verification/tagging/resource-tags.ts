import { REQUIRED_TAG_KEYS, TagSchema } from '@user-metrics/tagging/schema';
import type { DeployedStage } from '../../account/deployed-stage';
import { isTaggable, readTags, type Tags } from '../../account/resource-tags';
import { stackResources } from '../../account/stack-resources';
import type { Criterion } from '../criterion';

/** A resource of the stacks with its tags. */
export interface ObservedTags {
  readonly type: string;
  readonly physicalId: string;
  readonly tags: Tags;
}

/** `1.1.AC5`: the tags of each resource, asked of its own service. */
export const resourceTags: Criterion<readonly ObservedTags[]> = {
  id: '1.1.AC5',
  observe: taggedResources,
  evaluate(resources) {
    return {
      wrong: resources.flatMap(problemsOf),
      evidence: `${resources.length} of ${resources.length} taggable resources`,
      waitsFor: 'the activation as cost allocation tags needs a real account',
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
  const found: ObservedTags[] = [];
  for (const resource of (await stackResources(deployed)).filter(isTaggable)) {
    const { type, physicalId } = resource;
    found.push({ type, physicalId, tags: await readTags(deployed, resource) });
  }
  return found;
}
