import { CfnResource, type IAspect, TagManager } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { reportKeptTags } from './kept-tags';
import type { TagValues } from './schema';
import { tagPropertyOf } from './taggable-types';
import { writtenProperties } from './written-properties';

/**
 * Tags resources that CDK writes as plain `CfnResource`: the function and IAM role behind `autoDeleteObjects` and
 * `restrictDefaultSecurityGroup`, among others. `Tags.of()` does not reach them (aws/aws-cdk#13851).
 */
export class UntypedResourceTags implements IAspect {
  constructor(private readonly tags: TagValues) {}

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || TagManager.of(node)) return;
    const place = tagPropertyOf(node.cfnResourceType);
    if (!place) return;
    const written = tagsWritten(node, place.property);
    reportKeptTags(node, written, this.tags);
    const tags = { ...this.tags, ...written };
    node.addPropertyOverride(place.property, place.format === 'map' ? tags : asList(tags));
  }
}

function asList(tags: TagValues): object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The tags that the resource was written with, in either form. */
function tagsWritten(resource: CfnResource, property: string): TagValues {
  const written = writtenProperties(resource)[property];
  if (!Array.isArray(written)) return (written ?? {}) as TagValues;
  return Object.fromEntries(written.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}
