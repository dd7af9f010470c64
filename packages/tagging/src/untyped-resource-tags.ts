import { Annotations, CfnResource, type IAspect, Stack, TagManager, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { isIntrinsic } from './intrinsic';
import { reportKeptTags } from './kept-tags';
import type { TagValues } from './schema';
import { type TagFormat, tagPropertyOf } from './taggable-types';
import { writtenProperties } from './written-properties';

/**
 * Tags resources that CDK writes as plain `CfnResource`: the function and IAM role behind `autoDeleteObjects` and
 * `restrictDefaultSecurityGroup`, among others. `Tags.of()` does not reach them (aws/aws-cdk#13851). What a resource was
 * written with stays as it is; where that is not a list or a map at synth, nothing can be added, and it is reported.
 */
export class UntypedResourceTags implements IAspect {
  constructor(private readonly tags: TagValues) {}

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || TagManager.of(node)) return;
    const place = tagPropertyOf(node.cfnResourceType);
    if (!place) return;
    const written = writtenProperties(node)[place.property];
    if (Token.isUnresolved(written) || isIntrinsic(written)) {
      Annotations.of(node).addWarningV2(
        '@user-metrics/tagging:tagsOutOfReach',
        `gets no tags of ObservabilityTags: its ${place.property} are only known to CloudFormation.` +
          ` Write them ${place.format === 'map' ? 'as a map' : 'as a list'}, with what only CloudFormation knows in their values.`,
      );
      return;
    }
    const own = ownTags(node, written);
    reportKeptTags(node, own.values, this.tags);
    const added = Object.entries(this.tags).filter(([key]) => !own.keys.has(key));
    node.addPropertyOverride(place.property, asWritten(place.format, own, added));
  }
}

/** The tags that a resource was written with. */
interface OwnTags {
  /** As they are written in a list. */
  readonly entries: readonly unknown[];
  /** All keys among them, those inside of intrinsic functions too. */
  readonly keys: ReadonlySet<string>;
  /** The values that are known at synth. */
  readonly values: TagValues;
}

function ownTags(node: CfnResource, written: unknown): OwnTags {
  const entries = Array.isArray(written)
    ? written
    : Object.entries(written ?? {}).map(([Key, Value]) => ({ Key, Value }));
  const resolved: unknown = Stack.of(node).resolve(entries);
  const known = (resolved as Partial<{ Key: unknown; Value: unknown }>[]).filter(
    (tag): tag is { Key: string; Value: string } => typeof tag.Key === 'string' && typeof tag.Value === 'string',
  );
  return {
    entries,
    keys: new Set(keysIn(resolved)),
    values: Object.fromEntries(known.map(({ Key, Value }) => [Key, Value])),
  };
}

/** Every `Key` at any depth: `Fn::If` holds a tag in each of its branches. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Key' in value && typeof value.Key === 'string' ? [value.Key] : [];
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

function asWritten(format: TagFormat, { entries }: OwnTags, added: readonly (readonly [string, string])[]): object {
  if (format === 'map') {
    const written = (entries as { Key: string; Value: unknown }[]).map(({ Key, Value }) => [Key, Value] as const);
    return Object.fromEntries([...added, ...written]);
  }
  // Instances of an Auto Scaling group cost money too: theirs is what `Tags.of()` does for a group with a class.
  const more = format === 'launch' ? { PropagateAtLaunch: true } : {};
  const byKey = added.map(([Key, Value]) => ({ Key, Value, ...more }));
  return [...byKey, ...entries.map((entry) => (isTag(entry) ? { ...more, ...entry } : entry))];
}

function isTag(entry: unknown): entry is object {
  return typeof entry === 'object' && entry !== null && 'Key' in entry;
}
