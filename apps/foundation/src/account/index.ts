export { accountBudgetName } from './budgets';
export { type ClientOptions, clientsFor } from './clients';
export { askDatabaseFunction, databaseFacts } from './database-function';
export { costOf, type DeployedStage, type StackResource, stageOf } from './deployed-stage';
export { nameInArn, published, publishedParameters } from './published';
export { isTaggable, READABLE_TYPES } from './resource-tags';
export {
  listStacks,
  physicalIdOf,
  resourcesOf,
  stackResources,
  withResourcesListedOnce,
} from './stack-resources';
