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
