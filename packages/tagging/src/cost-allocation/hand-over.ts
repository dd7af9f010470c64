import { TAG_KEYS } from '../schema/keys';

/** What a hand-over to the payer account says besides the keys. */
export interface PayerHandOver {
  /** Account whose resources bear the tags. */
  readonly account: string;
  /**
   * Keys to activate.
   *
   * @default - the eight keys of the schema
   */
  readonly keys?: readonly string[];
}

/**
 * What to send to whoever runs the payer (management) account when the own account may not activate tags: the commands,
 * the way through the console, and what to expect.
 *
 * @returns plain text, one step a line
 */
export function payerHandOver({ account, keys = TAG_KEYS }: PayerHandOver): string {
  const statuses = keys.map((key) => quoted(`TagKey=${key},Status=Active`)).join(' ');
  return [
    `Please activate these cost allocation tags in the payer (management) account; account ${account} is a member and may not:`,
    `  ${keys.join(', ')}`,
    '',
    '1. See which of them Billing knows. A key is listed up to 24 hours after the first resource bears it:',
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

function quoted(argument: string): string {
  return /^[\w.:/=+@,-]+$/.test(argument) ? argument : `'${argument}'`;
}
