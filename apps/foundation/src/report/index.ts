export type { Check, CheckStatus, LaterCheck, Sections } from './check';
export type { Phase, Report } from './report';
export { renderTable } from './table';
export { writeReport } from './write-report';
