import type { Clients } from '../../account/clients';
import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type Outcome, orNone, unlessWrong } from '../check';

/** What can be said of the secret without its value. */
export interface ObservedSecret {
  readonly exists: boolean;
  /** Whether it is to be deleted. */
  readonly isDeleted?: boolean;
  /** Customer key that it is encrypted with. @default - the key of AWS */
  readonly kmsKeyId?: string | undefined;
  /** Names of its keys that have a value; nothing when it is no JSON object. */
  readonly keys?: readonly string[];
}

/** Keys that the database function reads. */
export const NEEDED = ['username', 'password'];

/** The administrator's secret has what the database function reads. Its value stays in this file. */
export const adminSecret: Check<ObservedSecret> = {
  id: 'database.admin-secret',
  title: "The administrator's secret has a user name and a password",
  observe: ({ aws, ...planned }) => readAdminSecret(aws, stageOf(planned).database.adminSecretArn),
  evaluate({ exists, isDeleted, kmsKeyId, keys }, planned) {
    const { adminSecretArn: arn, adminSecretKmsKeyArn } = stageOf(planned).database;
    const which = `--region ${planned.region} --secret-id ${arn}`;
    if (!exists)
      return [
        failure(
          `There is no secret ${arn}`,
          `Find it with: aws secretsmanager list-secrets --region ${planned.region}`,
        ),
      ];
    if (isDeleted) return [failure(`${arn} is to be deleted`, `aws secretsmanager restore-secret ${which}`)];
    const wrong: Outcome[] = [];
    const missing = NEEDED.filter((key) => !keys?.includes(key));
    if (missing.length > 0)
      wrong.push(
        failure(
          keys ? `The secret has no ${missing.join(' and no ')}` : 'The secret is no JSON object',
          `Give the secret of an administrator, with the keys ${NEEDED.join(' and ')}: aws secretsmanager list-secrets --region ${planned.region}`,
        ),
      );
    if (hasCustomerKey({ kmsKeyId }) && adminSecretKmsKeyArn === undefined)
      wrong.push(
        failure(
          `The secret is encrypted with ${kmsKeyId}, and the database function gets no right to decrypt with it`,
          'Set database.adminSecretKmsKeyArn to the ARN of this key',
        ),
      );
    return unlessWrong(wrong, NEEDED.join(', '));
  },
};

/** What can be said of a secret without its value. */
export async function readAdminSecret(aws: Pick<Clients, 'secretsManager'>, id: string): Promise<ObservedSecret> {
  const { arn, isDeleted, kmsKeyId } = await describeAdminSecret(aws, id);
  if (arn === undefined) return { exists: false };
  if (isDeleted) return { exists: true, isDeleted };
  const keys = await readSecretKeys(aws, id);
  return { exists: true, kmsKeyId, ...(keys ? { keys } : {}) };
}

/** A secret by its name or ARN, without its value; no ARN where there is none. */
export async function describeAdminSecret({ secretsManager }: Pick<Clients, 'secretsManager'>, SecretId: string) {
  const { ARN, DeletedDate, KmsKeyId } = await orNone(secretsManager.describeSecret({ SecretId }));
  return { arn: ARN, isDeleted: DeletedDate !== undefined, kmsKeyId: KmsKeyId };
}

/** Names of the keys of a secret that have a value; nothing when it is no JSON object. */
export async function readSecretKeys(
  { secretsManager }: Pick<Clients, 'secretsManager'>,
  SecretId: string,
): Promise<readonly string[] | undefined> {
  const { SecretString } = await orNone(secretsManager.getSecretValue({ SecretId }));
  return keysOf(SecretString);
}

/** Whether a secret is encrypted with a customer key, and not with that of AWS. */
export function hasCustomerKey({ kmsKeyId }: Pick<ObservedSecret, 'kmsKeyId'>): boolean {
  return kmsKeyId !== undefined && kmsKeyId !== '' && !kmsKeyId.endsWith('alias/aws/secretsmanager');
}

/** Names alone; an error of the parser would quote the value. */
function keysOf(text: string | undefined): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).flatMap(([key, held]) => (held ? [key] : []));
  } catch {
    return undefined;
  }
}
