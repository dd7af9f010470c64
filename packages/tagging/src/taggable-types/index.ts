import data from './taggable-types.json';

/** How a type writes its tags: a list of Key and Value, a map, or a list that also says whether instances get them. */
export type TagFormat = 'list' | 'map' | 'launch';

/**
 * Every CloudFormation type of the installed aws-cdk-lib: the taggable ones by format and by the property that holds the
 * tags, and those that take none.
 */
export type TaggableTypes = { readonly [Format in TagFormat]: { readonly [property: string]: readonly string[] } } & {
  readonly none: readonly string[];
};

/** Where and how a type takes tags. */
export interface TagProperty {
  /** Name of the property in the template. */
  readonly property: string;
  /** How the tags are written in it. */
  readonly format: TagFormat;
}

const { none, ...taggable } = data as TaggableTypes;

const withoutTags = new Set(none);

const byType = new Map(
  Object.entries(taggable).flatMap(([format, properties]) =>
    Object.entries(properties).flatMap(([property, types]) =>
      types.map((type) => [type, { property, format: format as TagFormat }] as const),
    ),
  ),
);

/**
 * Where a CloudFormation type takes tags, or nothing for a type that cannot be tagged.
 *
 * @param type CloudFormation resource type, e.g. `AWS::S3::Bucket`
 */
export function tagPropertyOf(type: string): TagProperty | undefined {
  return byType.get(type);
}

/**
 * Why a type without a place for tags is left out of the check, as the end of a sentence that starts with the type.
 *
 * @param type CloudFormation resource type that {@link tagPropertyOf} knows no property of
 */
export function reasonWithoutTags(type: string): string {
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    return 'a custom resource exists in its stack alone; what its function makes is tagged by the function';
  if (type === 'AWS::CDK::Metadata') return 'it makes nothing in the account';
  if (withoutTags.has(type)) return 'its CloudFormation type has no property for tags';
  return 'aws-cdk-lib does not know the type, so nobody knows whether it takes tags';
}
