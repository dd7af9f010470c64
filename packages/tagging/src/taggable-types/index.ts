import data from './taggable-types.json';

/** How a type writes its tags: a list of Key and Value, a map, or a list that also says whether instances get them. */
export type TagFormat = 'list' | 'map' | 'launch';

/** Taggable CloudFormation types by format and by the property that holds the tags. */
export type TaggableTypes = { readonly [Format in TagFormat]: { readonly [property: string]: readonly string[] } };

/** Where and how a type takes tags. */
export interface TagProperty {
  /** Name of the property in the template. */
  readonly property: string;
  /** How the tags are written in it. */
  readonly format: TagFormat;
}

const byType = new Map(
  Object.entries(data as TaggableTypes).flatMap(([format, properties]) =>
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
