export { readAccount } from './account';
export { type CheckOptions, check, type Finding, type Summary } from './check';
export { type Clients, connect } from './clients';
export { type CostTags, readCostTags } from './cost-tags';
export type { LiveResource, Offender, Reading, TaggedResource, UnreadResource } from './finding';
export { jsonReport, type Report, tableReport } from './report';
export { readStacks } from './stacks';
