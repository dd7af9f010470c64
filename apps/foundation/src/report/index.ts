export { baselineHtml } from './baseline/html';
export type { Check, CheckStatus, LaterCheck, Sections } from './check';
export { FORMATS as COST_REVIEW_FORMATS } from './cost-review/formats';
export type { Phase, Report } from './report';
export { renderTable } from './table';
export { writeReport } from './write-report';
