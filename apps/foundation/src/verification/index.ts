export { DEPLOYED_CRITERIA, VERIFIED_CRITERIA } from './all';
export { subscribersOf } from './cost/alert-topic';
export type { Criterion, Finding } from './criterion';
export { searchByProject } from './tagging/tag-search';
export type { ComparedBaselines, ComparedStage, VerifiedStage } from './verified-stage';
export { type State, type Verified, verify } from './verify';
export { idsOf, VERIFIED_SECTIONS, verifyCriteria } from './verify-criteria';
