export { type Answer, content, json, jsonError, s3Error, xml, xmlError } from './answer';
export type { Asked } from './asked';
export { type AwsEndpoint, type Refusal, startEndpoint } from './endpoint';
export { environmentFor } from './environment';
export { runHandler, runInProcess } from './in-process';
