import {
  ALLOWED_CHARACTERS,
  STANDARD_VOCABULARY,
  TAG_KEYS,
  tagKeyProblem,
  tagValueProblem,
} from '@user-metrics/tagging/schema';
import { z } from 'zod';
import { expectation, object, oneOf, text } from './expectations';

const value = text(
  `must be a tag value: 1 to 256 of ${ALLOWED_CHARACTERS}`,
  'Edit it in sst/observability/tags.ts',
  (candidate) => tagValueProblem(candidate) === undefined,
);

const furtherKey = text(
  `must be a tag key of your own: 1 to 128 of ${ALLOWED_CHARACTERS}, not starting with aws:, none of ${TAG_KEYS.join(', ')} in any case`,
  'Edit it in sst/observability/tags.ts',
  (candidate) =>
    tagKeyProblem(candidate) === undefined && !TAG_KEYS.some((key) => key.toLowerCase() === candidate.toLowerCase()),
);

/** A resource takes 50 tags; these come on top of the eight of the schema and of Name. */
const MOST_FURTHER_TAGS = 40;

/** IAM ignores the case of tag keys. */
const differ = (keys: readonly string[]) => new Set(keys.map((key) => key.toLowerCase())).size === keys.length;

const further = z
  .record(furtherKey, value)
  .refine((tags) => differ(Object.keys(tags)), {
    error: expectation('must have keys that differ in more than case, which IAM ignores', 'Leave one of them out'),
  })
  .refine((tags) => Object.keys(tags).length <= MOST_FURTHER_TAGS, {
    error: expectation(`must be at most ${MOST_FURTHER_TAGS} tags`, 'AWS takes 50 tags on a resource; leave some out'),
  });

/** The tag values of the team, from sst/observability/tags.ts. */
export const tagsSchema = object(
  {
    project: value,
    costCenter: value,
    owner: value,
    environments: z
      .record(z.string(), oneOf(STANDARD_VOCABULARY.Environment, 'Edit it in sst/observability/tags.ts'))
      .default({}),
    further: further.default({}),
  },
  'must be the tag values of sst/observability/tags.ts',
  "import { tagValues } from '../../sst/observability/tags' and give `tags: tagValues`",
);
