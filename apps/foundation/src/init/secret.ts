import { paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import type { Clients } from '../account/clients';
import { MissingRight, readOrMissing } from '../account/missing-right';
import { all } from '../account/pages';
import { CommandError, EXIT } from '../command-error';
import { describeAdminSecret, hasCustomerKey, NEEDED, readSecretKeys } from '../preflight/database/admin-secret';
import type { ObservedCluster } from '../preflight/database/cluster';
import { type Option, pick } from './asking';
import type { Search } from './given';
import { notAllowed } from './read-all';

/** The administrator's secret, without its value. */
export interface FoundSecret {
  readonly arn: string;
  readonly kmsKeyArn: string | undefined;
  readonly from: string;
  readonly toDo: readonly string[];
}

const POLICY = 'apps/foundation/policies/admin-secret.json';

/**
 * The secret that RDS manages, else the one that is named. Its value is read for the names of its keys alone, and only
 * of the one that was chosen.
 */
export async function findSecret(aws: Clients, cluster: ObservedCluster, search: Search): Promise<FoundSecret> {
  const { id, how } = await chooseSecret(aws, cluster, search);
  const described = await readOrMissing(() => describeAdminSecret(aws, id));
  if (described instanceof MissingRight) throw notAllowed([described.action]);
  const { arn, kmsKeyId, isDeleted } = described;
  if (arn === undefined || isDeleted)
    throw usage(`There is no secret ${id}${isDeleted ? ': it is to be deleted' : ''}`, search);
  const keys = await readOrMissing(() => readSecretKeys(aws, arn));
  const key = hasCustomerKey({ kmsKeyId }) ? await customerKey(aws, String(kmsKeyId)) : NO_KEY;
  if (keys instanceof MissingRight)
    return {
      arn,
      kmsKeyArn: key.arn,
      from: `${how}; its keys could not be read`,
      toDo: [...key.toDo, `Allow ${keys.action} on ${arn} with ${POLICY}, so that preflight can check its keys`],
    };
  const missing = NEEDED.filter((key) => !keys?.includes(key));
  if (missing.length > 0) throw usage(`Secret ${id} has no key ${missing.join(' and no key ')}`, search);
  return { arn, kmsKeyArn: key.arn, from: `${how}; it has the keys ${NEEDED.join(' and ')}`, toDo: key.toDo };
}

function usage(what: string, { region }: Search): CommandError {
  return new CommandError(
    `${what}. Name the secret of the cluster's administrator with --admin-secret: aws secretsmanager list-secrets --region ${region}`,
    EXIT.usage,
  );
}

async function chooseSecret(
  { secretsManager }: Clients,
  { identifier, secretOfRds }: ObservedCluster,
  { given, asking }: Search,
): Promise<{ readonly id: string; readonly how: string }> {
  if (given.adminSecret !== undefined) return { id: given.adminSecret, how: '--admin-secret' };
  if (secretOfRds !== undefined)
    return { id: secretOfRds, how: 'rds describe-db-clusters: the secret that RDS manages for the administrator' };
  const listed = await readOrMissing(() =>
    all(paginateListSecrets({ client: secretsManager }, {}), ({ SecretList }) => SecretList),
  );
  if (listed instanceof MissingRight) throw notAllowed([listed.action], ' Or name the secret with --admin-secret.');
  const options = listed
    // Those of other services are no administrator's.
    .filter(({ OwningService }) => OwningService === undefined)
    .map(({ Name = '', Description }): Option => ({ value: Name, ...(Description ? { hint: Description } : {}) }))
    .sort((one, other) => rank(one, identifier) - rank(other, identifier));
  const flag = '--admin-secret';
  const question = `Which secret is that of the administrator of ${identifier}?`;
  if (options.length === 0)
    return {
      id: await asking.text(flag, question, (text) => (text ? undefined : 'It must be a name or an ARN.')),
      how: 'your answer',
    };
  const { value, how } = await pick(asking, { flag, question, options });
  return { id: value, how: `secretsmanager list-secrets: ${how}` };
}

/** Those that name the cluster come first. */
function rank({ value, hint = '' }: Option, identifier: string): number {
  return `${value} ${hint}`.toLowerCase().includes(identifier.toLowerCase()) ? 0 : 1;
}

const NO_KEY = { arn: undefined, toDo: [] };

/** The customer key of the secret; a key policy may allow nobody to describe it. */
async function customerKey(
  { kms }: Clients,
  KeyId: string,
): Promise<Pick<FoundSecret, 'toDo'> & { arn: string | undefined }> {
  const found = await readOrMissing(() => kms.describeKey({ KeyId }));
  if (!(found instanceof MissingRight)) return { arn: found.KeyMetadata?.Arn, toDo: [] };
  const set = `set database.adminSecretKmsKeyArn to the ARN of ${KeyId}, which encrypts the secret`;
  return { arn: undefined, toDo: [`Allow ${found.action} and run init again, or ${set}`] };
}
