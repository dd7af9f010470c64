export {
  type Account,
  ConfigError,
  type ConfigProblem,
  checkFoundation,
  defineFoundation,
  type Foundation,
  type FoundationConfig,
  loadFoundation,
  type Stage,
} from './config';
export { whenAskedToStop } from './lifecycle/asked-to-stop';
export { EXIT, LifecycleError } from './lifecycle/lifecycle-error';
export { chooseStage } from './lifecycle/synthesise';
export { assumeTerminalWidth } from './lifecycle/terminal';
export { WITHOUT_BORDERS } from './lifecycle/terminal-table';
export { buildApp } from './stacks/build-app';
export { COST_OUTPUTS, COST_STACK } from './stacks/cost-stack';
