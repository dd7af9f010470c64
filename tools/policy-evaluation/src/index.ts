export { type Decision, type Evaluation, evaluate, type Request } from './evaluate';
export { lintPolicy } from './lint-policy';
export { EXAMPLE_PLACE, type Place } from './place';
export type { PolicyDocument, Statement } from './policy-document';
export { PolicyEvaluationError } from './policy-evaluation-error';
export { actionsOn } from './service-actions';
export type { Resource, Template } from './template';
export { type PolicyKind, TemplatePolicies, type TemplatePolicy } from './template-policies';
