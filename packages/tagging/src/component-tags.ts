import { Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { DATA_STORES, LOG_GROUP } from './data-stores';
import { COMPONENT_PRIORITY } from './priorities';
import { checkValue, oneOf } from './props';
import {
  COMPONENT_NAMES,
  type ComponentName,
  componentTags,
  type FunctionalTagKey,
  type FunctionalTags,
  type StandardVocabulary,
  TagSchema,
  type Vocabulary,
} from './schema';
import { TagSchemaError } from './tag-schema-error';

/** Options of {@link applyComponentTags}. */
export interface ComponentTagsOptions<V extends Vocabulary> {
  /**
   * Schema that the tags follow.
   *
   * @default TagSchema.STANDARD
   */
  readonly schema?: TagSchema<V>;
}

/**
 * Key of the CDK context that switches component tags off: `false` in the `context` of `cdk.json`, or by
 * `node.setContext` of an app, a stack or a construct, for everything that is made below it afterwards.
 */
export const COMPONENT_TAGS_CONTEXT = '@user-metrics/tagging:componentTags';

const SWITCH = oneOf('true', 'false');

/**
 * Whether {@link applyComponentTags} puts tags on the resources of a construct.
 *
 * @throws Error when the context holds something other than true or false
 */
export function hasComponentTags(scope: IConstruct): boolean {
  const value = String(scope.node.tryGetContext(COMPONENT_TAGS_CONTEXT) ?? true);
  checkValue(COMPONENT_TAGS_CONTEXT, value, SWITCH, Error);
  return value === 'true';
}

/**
 * Puts the functional tags of a component on everything below a construct. `DataType` goes only to what stores data;
 * a log group holds logs, whatever the component is. {@link COMPONENT_TAGS_CONTEXT} switches them off.
 *
 * @param scope construct whose resources belong to the component
 * @param component the component they belong to
 * @param differing tags in which these resources differ from the component. @default - none
 * @throws TagSchemaError when a value is not in the schema
 */
export function applyComponentTags<V extends Vocabulary = StandardVocabulary>(
  scope: IConstruct,
  component: ComponentName,
  differing: FunctionalTags<V> = {},
  options: ComponentTagsOptions<V> = {},
): void {
  checkValue('component', component, oneOf(...COMPONENT_NAMES), Error);
  const tags: { readonly [Key in FunctionalTagKey]?: string } = { ...componentTags(component), ...differing };
  const problems = (options.schema ?? TagSchema.STANDARD).checkValues(tags);
  if (problems.length > 0) throw new TagSchemaError(problems);
  if (!hasComponentTags(scope)) return;
  const { Component, Function: purpose, DataType } = tags;
  const stores = DATA_STORES.filter((type) => type !== LOG_GROUP);
  add(scope, 'Component', Component);
  add(scope, 'Function', purpose, { excludeResourceTypes: [LOG_GROUP] });
  add(scope, 'DataType', DataType, { includeResourceTypes: stores });
  applyLogTags(scope, COMPONENT_PRIORITY);
}

/** What every log group says of itself. */
export function applyLogTags(scope: IConstruct, priority: number): void {
  const { Function: purpose, DataType } = componentTags('logs');
  Tags.of(scope).add('Function', purpose, { includeResourceTypes: [LOG_GROUP], priority });
  Tags.of(scope).add('DataType', DataType, { includeResourceTypes: [LOG_GROUP], priority });
}

function add(scope: IConstruct, key: string, value: string | undefined, types: object = {}): void {
  if (value !== undefined) Tags.of(scope).add(key, value, { ...types, priority: COMPONENT_PRIORITY });
}
