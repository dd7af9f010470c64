import { TAG_KEYS } from '../schema/keys';

/** What a hand-over to the payer account says besides the keys. */
export interface PayerHandOver {
  /** Account whose resources have the tags. */
  readonly account: string;
  /**
   * Keys to activate.
   *
   * @default - the eight keys of the schema
   */
  readonly keys?: readonly string[];
  /**
   * What AWS said when it denied the account access: it tells a member account from a missing right.
   *
   * @default - not known, so that both are named
   */
  readonly said?: readonly string[];
}

/**
 * What to send to the administrators of the payer (management) account when the own account may not activate tags: the commands,
 * the way through the console, and what to expect. Where AWS does not say that the account is a member, what else may be
 * the matter comes first.
 *
 * @returns plain text, one step a line
 */
export function payerHandOver({ account, keys = TAG_KEYS, said = [] }: PayerHandOver): string {
  const statuses = keys.map((key) => quoted(`TagKey=${key},Status=Active`)).join(' ');
  return [
    ...whoHasToAct(account, keys, said),
    '',
    '1. See which of them Billing knows. A key is listed up to 24 hours after the first resource has it:',
    `     aws ce list-cost-allocation-tags --type UserDefined --tag-keys ${keys.map(quoted).join(' ')}`,
    '2. Activate them (at most 20 keys a call):',
    `     aws ce update-cost-allocation-tags-status --cost-allocation-tags-status ${statuses}`,
    '   The answer must be {"Errors": []}: a key under Errors was not activated. Repeat the call a day later.',
    '   In the console: Billing and Cost Management > Cost allocation tags > User-defined cost allocation tags > Activate.',
    '3. Costs carry the tags up to 24 hours after that, and only from then on. Keys are case-sensitive.',
    '   A backfill (StartCostAllocationTagBackfill) is not part of this: it applies the current status of all keys of the',
    '   organisation to the past and can take away the history of inactive ones.',
    '   The caller needs ce:ListCostAllocationTags and ce:UpdateCostAllocationTagsStatus, and access to billing switched on.',
  ].join('\n');
}

function whoHasToAct(account: string, keys: readonly string[], said: readonly string[]): string[] {
  const list = `  ${keys.join(', ')}`;
  const heard = said.join('\n');
  // "Linked account doesn't have access to cost allocation tags" is what a member account is told, and nobody else.
  if (/linked account/i.test(heard)) {
    return [
      `Please activate these cost allocation tags in the payer (management) account; account ${account} is a member and may not:`,
      list,
    ];
  }
  const isRight = /not authorized to perform|explicit deny|service control policy/i.test(heard);
  return [
    isRight
      ? `Account ${account} lacks a right to activate these cost allocation tags:`
      : `Account ${account} may not activate these cost allocation tags, and AWS does not say why:`,
    list,
    '',
    'If the account pays for itself, being the payer (management) account or in no organisation, the right must be granted here: no',
    'policy, permissions boundary or service control policy may deny ce:ListCostAllocationTags or',
    'ce:UpdateCostAllocationTagsStatus, and its root user has to have activated "IAM user and role access to Billing information".',
    'If it is a member of an organisation, only the payer (management) account may activate them:',
  ];
}

function quoted(argument: string): string {
  return /^[\w.:/=+@,-]+$/.test(argument) ? argument : `'${argument}'`;
}
