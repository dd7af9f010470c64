export { TagCompliance, type TagComplianceOptions } from './compliance/tag-compliance';
export {
  checkTemplateTags,
  type TagViolation,
  type Template,
  type TemplateResource,
  type TemplateTagReport,
  type Untaggable,
} from './compliance/template-tags';
export {
  applyComponentTags,
  COMPONENT_TAGS_CONTEXT,
  type ComponentTagsOptions,
  hasComponentTags,
} from './component-tags';
export * from './cost-allocation';
export { CostAllocationTags, type CostAllocationTagsProps } from './cost-allocation-tags';
export { ObservabilityTags, type ObservabilityTagsOptions } from './observability-tags';
export * from './schema';
export { describeTagProblem, TagSchemaError } from './tag-schema-error';
export { reasonWithoutTags, type TagFormat, type TagProperty, tagPropertyOf } from './taggable-types';
