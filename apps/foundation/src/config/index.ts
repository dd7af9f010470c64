export { ConfigError } from './config-error';
export { defineFoundation } from './define-foundation';
export type { Account, Foundation, FoundationConfig, Stage } from './foundation';
export { checkFoundation, loadFoundation } from './load';
export type { ConfigProblem } from './problems';
