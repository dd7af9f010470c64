import { storesData } from '../data-stores';
import { type TagProblem, TagSchema, type TagValues, type Vocabulary } from '../schema';
import { type TagProperty, tagPropertyOf } from '../taggable-types';

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
  /** CloudFormation type of the resource. */
  readonly type: string;
  /** Property of the template that holds, or should hold, its tags. */
  readonly property: string;
  /** What is wrong with the tag. */
  readonly problem: TagProblem;
}

/** What {@link checkTemplateTags} found. */
export interface TemplateTagReport {
  /** Number of resources whose type takes tags. */
  readonly taggable: number;
  /** Number of resources whose type takes no tags, by type. */
  readonly untaggable: { readonly [type: string]: number };
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
  const untaggable: { [type: string]: number } = {};
  const violations: TagViolation[] = [];
  let taggable = 0;
  for (const [logicalId, { Type: type, Properties }] of Object.entries(template.Resources ?? {})) {
    const place = tagPropertyOf(type);
    if (!place) {
      untaggable[type] = (untaggable[type] ?? 0) + 1;
      continue;
    }
    taggable += 1;
    const { values, unresolved } = tagsOf(Properties ?? {}, place);
    const problems = schema.check(values, { storesData: storesData(type) }).filter(({ key }) => !unresolved.has(key));
    violations.push(...problems.map((problem) => ({ logicalId, type, property: place.property, problem })));
  }
  return { taggable, untaggable, violations };
}

interface WrittenTags {
  readonly values: TagValues;
  /** Keys whose value only CloudFormation can tell: present, but not to be checked here. */
  readonly unresolved: ReadonlySet<string>;
}

function tagsOf(
  properties: NonNullable<TemplateResource['Properties']>,
  { property, format }: TagProperty,
): WrittenTags {
  const written = properties[property] ?? (format === 'map' ? {} : []);
  const pairs: [string, unknown][] = Array.isArray(written)
    ? written.map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value])
    : Object.entries(written);
  return {
    values: Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    unresolved: new Set(pairs.filter(([, value]) => typeof value !== 'string').map(([key]) => key)),
  };
}
