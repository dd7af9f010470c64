import { tagKeyProblem, tagValueProblem } from './characters';
import { type FunctionalTagKey, REQUIRED_TAG_KEYS, type RequiredTagKey, TAG_KEYS } from './keys';
import {
  type Extended,
  STANDARD_VOCABULARY,
  type StandardVocabulary,
  type ValueOf,
  type Vocabulary,
} from './vocabulary';

/** Tags as AWS stores them. */
export type TagValues = { readonly [key: string]: string };

/** The required tags, with the values that a vocabulary allows. */
export type RequiredTags<V extends Vocabulary = StandardVocabulary> = {
  readonly [Key in RequiredTagKey]: ValueOf<V, Key>;
};

/** The functional tags, with the values that a vocabulary allows. */
export type FunctionalTags<V extends Vocabulary = StandardVocabulary> = {
  readonly [Key in FunctionalTagKey]?: ValueOf<V, Key>;
};

/** One thing that is wrong with a set of tags. */
export interface TagProblem {
  /** The tag's key. */
  readonly key: string;
  /** The value found. @default - the tag is missing */
  readonly value?: string;
  /** What is wrong, as the end of a sentence that starts with the key. */
  readonly problem: string;
  /** The values that would be right. @default - any value that AWS accepts */
  readonly allowed?: readonly string[];
}

/** What else is known of the resource whose tags are checked. */
export interface TagCheckOptions {
  /** Whether the resource stores data, so that `DataType` is required. @default false */
  readonly storesData?: boolean;
}

/**
 * Which tags a resource carries and which values they take.
 *
 * @example
 * const schema = TagSchema.STANDARD.extend({ Component: ['Kafka'] });
 * schema.check({ Project: 'Shop' }); // four problems: Environment, ManagedBy, CostCenter and Owner are missing
 */
export class TagSchema<V extends Vocabulary = StandardVocabulary> {
  /** The schema with the values of {@link STANDARD_VOCABULARY}. */
  static readonly STANDARD = new TagSchema(STANDARD_VOCABULARY);

  /** @param vocabulary allowed values by key */
  constructor(readonly vocabulary: V) {}

  /** A schema that allows further values; its types know them. */
  extend<const More extends Vocabulary>(more: More): TagSchema<Extended<V, More>> {
    const keys = new Set([...Object.keys(this.vocabulary), ...Object.keys(more)]);
    const merged = [...keys].map((key) => [
      key,
      [...(ownValues(this.vocabulary, key) ?? []), ...(ownValues(more, key) ?? [])],
    ]);
    return new TagSchema(Object.fromEntries(merged) as Extended<V, More>);
  }

  /** All that is wrong with the tags of a taggable resource; empty when they comply. */
  check(tags: TagValues, options: TagCheckOptions = {}): TagProblem[] {
    const required: string[] = [...REQUIRED_TAG_KEYS, ...(options.storesData ? ['DataType'] : [])];
    const missing = required
      .filter((key) => tags[key] === undefined)
      .map((key) => ({ key, problem: 'is missing', ...this.allowed(key) }));
    return [...missing, ...this.checkValues(tags)];
  }

  /** What is wrong with the tags that are there, whichever are missing. */
  checkValues(tags: TagValues): TagProblem[] {
    return [...Object.entries(tags).flatMap(([key, value]) => this.checkOne(key, value)), ...sameKeys(tags)];
  }

  private checkOne(key: string, value: string): TagProblem[] {
    const keyProblem = tagKeyProblem(key);
    if (keyProblem) return [{ key, value, problem: keyProblem }];
    const valueProblem = tagValueProblem(value);
    const allowed = ownValues(this.vocabulary, key);
    if (valueProblem) return [{ key, value, problem: valueProblem, ...this.allowed(key) }];
    if (!allowed || allowed.includes(value)) return [];
    return [{ key, value, problem: 'has a value outside the vocabulary', allowed }];
  }

  private allowed(key: string): Pick<TagProblem, 'allowed'> {
    const allowed = ownValues(this.vocabulary, key);
    return allowed ? { allowed } : {};
  }
}

/** IAM ignores the case of tag keys: a role with `Project` and `project` cannot be created (IAM guide, "Tags for IAM resources"). */
function sameKeys(tags: TagValues): TagProblem[] {
  const keys = Object.keys(tags);
  return keys.flatMap((key, index) => {
    const first = keys.slice(0, index).find((other) => other.toLowerCase() === key.toLowerCase());
    if (first === undefined) return [];
    const [wrong, right] = (TAG_KEYS as readonly string[]).includes(key) ? [first, key] : [key, first];
    return [
      { key: wrong, value: tags[wrong], problem: `differs from the key ${right} in case only, which IAM refuses` },
    ];
  });
}

/** A tag key may be called as what every object has, such as `constructor`. */
function ownValues(vocabulary: Vocabulary, key: string): readonly string[] | undefined {
  return Object.hasOwn(vocabulary, key) ? vocabulary[key] : undefined;
}
