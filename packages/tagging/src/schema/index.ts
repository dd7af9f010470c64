export {
  ALLOWED_CHARACTERS,
  MAXIMUM_KEY_LENGTH,
  MAXIMUM_VALUE_LENGTH,
  tagKeyProblem,
  tagValueProblem,
} from './characters';
export { COMPONENT_NAMES, type ComponentName, componentTags } from './component-tags';
export { type Environment, environmentOf } from './environment';
export {
  FUNCTIONAL_TAG_KEYS,
  type FunctionalTagKey,
  REQUIRED_TAG_KEYS,
  type RequiredTagKey,
  TAG_KEYS,
  type TagKey,
} from './keys';
export {
  type FunctionalTags,
  type RequiredTags,
  type TagCheckOptions,
  type TagProblem,
  TagSchema,
  type TagValues,
} from './tag-schema';
export { stageTags, type TeamTags } from './team-tags';
export {
  type Extended,
  STANDARD_VOCABULARY,
  type StandardVocabulary,
  type ValueOf,
  type Vocabulary,
} from './vocabulary';
