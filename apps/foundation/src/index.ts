export { CommandError, EXIT } from './command-error';
export { chooseStage } from './commands/assembly/synthesise';
export { whenAskedToStop } from './commands/process/asked-to-stop';
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
export { EXAMPLE as EXAMPLE_REVIEW } from './cost-review/example';
export { reviewOf } from './cost-review/review';
export { assumeTerminalWidth } from './report/terminal';
export { WITHOUT_BORDERS } from './report/terminal-table';
export { buildApp } from './stacks/build-app';
export { COST_OUTPUTS, COST_STACK, isFoundationStack, parseStageStackName, stageStackName } from './stacks/stack-names';
export { CRITERIA, type CriterionId } from './verification/criteria';
export { REQUIREMENT_TEXTS } from './verification/requirement-texts';
