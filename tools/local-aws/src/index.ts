export type { Environment } from './client-environment';
export type { Item } from './items';
export { type LocalAws, localAwsAt } from './local-aws';
export { LocalAwsError, PythonMissing } from './local-aws-error';
export { findPython, type Python } from './python';
export { type LocalAwsOptions, startLocalAws } from './start';
