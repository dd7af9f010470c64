import { AspectPriority, Aspects, type IAspect, Stack, Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { applyLogTags } from './component-tags';
import { KeptTags } from './kept-tags';
import { APP_PRIORITY } from './priorities';
import { checkValue, type Rule } from './props';
import { ProviderLogs } from './provider-logs';
import {
  type FunctionalTags,
  type RequiredTags,
  type StandardVocabulary,
  TagSchema,
  type TagValues,
  type Vocabulary,
} from './schema';
import { TagSchemaError } from './tag-schema-error';
import { UntypedResourceTags } from './untyped-resource-tags';

/** Options of {@link ObservabilityTags}. */
export interface ObservabilityTagsOptions<V extends Vocabulary> {
  /**
   * Schema that the tags follow.
   *
   * @default TagSchema.STANDARD
   */
  readonly schema?: TagSchema<V>;
}

const TAGS: Rule = {
  must: 'tag values by key',
  fix: "Give for example { Project: 'UserMetrics', Environment: 'prod', … }.",
  accepts: (tags) => typeof tags === 'object' && tags !== null && !Array.isArray(tags),
};

/**
 * Puts tags on everything taggable below a construct: on L1 and L2 resources, on resources that CDK writes without a
 * class of their own (the providers of custom resources), and on the stacks, from where CloudFormation passes them on. The
 * functions of such providers get a log group of 30 days in the template: one that Lambda makes would have no tags.
 *
 * A tag that a resource already has is kept; a different value is reported as an information of that resource.
 *
 * @example
 * ObservabilityTags.of(app).apply({
 *   Project: 'UserMetrics', Environment: 'prod', ManagedBy: 'CDK', CostCenter: 'Observability', Owner: 'platform',
 * });
 */
export class ObservabilityTags {
  /** @param scope app, stack or construct whose resources get the tags */
  static of(scope: IConstruct): ObservabilityTags {
    return new ObservabilityTags(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * @param tags the required tags, and any further ones
   * @throws TagSchemaError when the tags do not follow the schema
   */
  apply<V extends Vocabulary = StandardVocabulary>(
    tags: RequiredTags<V> & FunctionalTags<V> & TagValues,
    options: ObservabilityTagsOptions<V> = {},
  ): void {
    checkValue('tags', tags, TAGS, Error);
    const problems = (options.schema ?? TagSchema.STANDARD).check(tags);
    if (problems.length > 0) throw new TagSchemaError(problems);
    for (const [key, value] of Object.entries(tags)) Tags.of(this.scope).add(key, value, { priority: APP_PRIORITY });
    applyLogTags(this.scope, APP_PRIORITY);
    const aspects = Aspects.of(this.scope);
    aspects.add(new StackTags(tags), { priority: AspectPriority.MUTATING });
    aspects.add(new UntypedResourceTags(tags), { priority: AspectPriority.MUTATING });
    aspects.add(new ProviderLogs(tags), { priority: AspectPriority.MUTATING });
    aspects.add(new KeptTags(tags), { priority: AspectPriority.READONLY });
  }
}

/** `Tags.of()` leaves stacks alone under the flag `@aws-cdk/core:explicitStackTags`. */
class StackTags implements IAspect {
  constructor(private readonly tags: TagValues) {}

  visit(node: IConstruct): void {
    if (!Stack.isStack(node)) return;
    for (const [key, value] of Object.entries(this.tags)) node.tags.setTag(key, value, APP_PRIORITY);
  }
}
