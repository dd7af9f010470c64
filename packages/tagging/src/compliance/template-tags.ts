import { storesData } from '../data-stores';
import { isIntrinsic } from '../intrinsic';
import { type TagProblem, TagSchema, type TagValues, type Vocabulary } from '../schema';
import { reasonWithoutTags, type TagProperty, tagPropertyOf } from '../taggable-types';

/** A CloudFormation template, as far as tags need it. */
export interface Template {
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
}

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [property: string]: unknown };
  readonly Metadata?: { readonly [key: string]: unknown };
}

/** What is wrong with the tags of one resource. */
export interface TagViolation {
  /** Logical id of the resource in the template. */
  readonly logicalId: string;
  /** Path of the construct. @default - the template says no path, as with `aws:cdk:enable-path-metadata` off */
  readonly constructPath?: string;
  /** CloudFormation type of the resource. */
  readonly type: string;
  /** Property of the template that holds, or should hold, its tags. */
  readonly property: string;
  /** What is wrong with the tag. */
  readonly problem: TagProblem;
}

/** Resources of one type that takes no tags. */
export interface Untaggable {
  /** How many there are. */
  readonly count: number;
  /** Why they are left out of the check. */
  readonly reason: string;
}

/** What {@link checkTemplateTags} found. */
export interface TemplateTagReport {
  /** Number of resources whose type takes tags. */
  readonly taggable: number;
  /** Resources whose type takes no tags, by type. */
  readonly untaggable: { readonly [type: string]: Untaggable };
  /** Everything that does not follow the schema. */
  readonly violations: readonly TagViolation[];
}

/**
 * Checks the tags of every taggable resource of a template.
 *
 * @param template a synthesised CloudFormation template
 * @param schema what the tags have to follow. @default TagSchema.STANDARD
 */
export function checkTemplateTags<V extends Vocabulary>(
  template: Template,
  schema: TagSchema<V> | TagSchema = TagSchema.STANDARD,
): TemplateTagReport {
  const untaggable: { [type: string]: Untaggable } = {};
  const violations: TagViolation[] = [];
  let taggable = 0;
  for (const [logicalId, { Type: type, Properties, Metadata }] of Object.entries(template.Resources ?? {})) {
    const place = tagPropertyOf(type);
    if (!place) {
      untaggable[type] = { count: (untaggable[type]?.count ?? 0) + 1, reason: reasonWithoutTags(type) };
      continue;
    }
    taggable += 1;
    const problems = problemsOf(Properties?.[place.property], place, storesData(type), schema);
    const path = Metadata?.['aws:cdk:path'];
    const resource = { logicalId, type, property: place.property, ...(path ? { constructPath: String(path) } : {}) };
    violations.push(...problems.map((problem) => ({ ...resource, problem })));
  }
  return { taggable, untaggable, violations };
}

function problemsOf<V extends Vocabulary>(
  written: unknown,
  { property, format }: TagProperty,
  isStore: boolean,
  schema: TagSchema<V> | TagSchema,
): readonly TagProblem[] {
  if (isIntrinsic(written)) {
    const [name] = Object.keys(written as object);
    const form = format === 'map' ? 'a map' : 'a list';
    return [{ key: property, problem: `must be ${form}, with intrinsic functions in its values alone, got: ${name}` }];
  }
  const { values, unresolved } = tagsOf(written ?? []);
  return schema.check(values, { storesData: isStore }).filter(({ key }) => !unresolved.has(key));
}

interface WrittenTags {
  readonly values: TagValues;
  /** Keys whose value only CloudFormation can tell: present, but not to be checked here. */
  readonly unresolved: ReadonlySet<string>;
}

/** Tags of either form. An entry that is an intrinsic function may be none at all, and so counts as none. */
function tagsOf(written: object): WrittenTags {
  const pairs: [string, unknown][] = Array.isArray(written)
    ? written
        .filter((entry) => !isIntrinsic(entry))
        .map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value])
    : Object.entries(written);
  return {
    values: Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    unresolved: new Set(pairs.filter(([, value]) => typeof value !== 'string').map(([key]) => key)),
  };
}
