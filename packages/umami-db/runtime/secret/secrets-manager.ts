import {
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { ProvisionError } from '../target/provision-error';
import type { SecretStage, SecretStore } from './secret-store';
import { explainUnreachable } from './unreachable';

/** An administrator's sign-in, and where, if the secret tells. */
export interface AdminCredentials {
  readonly username: string;
  readonly password: string;
  readonly host?: string;
  readonly port?: number;
  readonly dbname?: string;
}

/** The secret of the administrator does not exist any more, or is about to be deleted. */
export class MissingSecretError extends ProvisionError {}

/** The two secrets: the administrator's is read, Umami's is read and written. */
export class Secrets {
  // Mode `standard` gives up a connection after seconds: without a route, the function's time would run out instead.
  constructor(private readonly client = new SecretsManagerClient({ defaultsMode: 'standard' })) {}

  /**
   * @throws MissingSecretError when there is no such secret
   * @throws ProvisionError when it does not hold `username` and `password`
   */
  async admin(arn: string): Promise<AdminCredentials> {
    const text = await this.read(arn).catch((error) => {
      if (!isToBeDeleted(error)) throw error;
      throw new MissingSecretError(
        `The administrator's secret ${arn} is scheduled for deletion. Restore it, or name another one.`,
      );
    });
    if (text === undefined) {
      throw new MissingSecretError(
        `There is no secret ${arn}, or it has no value. Check the ARN of the administrator's secret.`,
      );
    }
    const { username, password, host, port, dbname } = parse(text);
    if (isFilled(username) && isFilled(password))
      return {
        username,
        password,
        host: isFilled(host) ? host : undefined,
        port: port === undefined ? undefined : Number(port),
        dbname: isFilled(dbname) ? dbname : undefined,
      };
    throw new ProvisionError(
      `The administrator's secret ${arn} must be JSON with username and password. Correct its value.`,
    );
  }

  /** The text of a secret, if it has a value. */
  async read(arn: string): Promise<string | undefined> {
    return (await this.version(arn))?.text;
  }

  /** @param stages of the new version. @default - AWSCURRENT */
  async write(arn: string, value: object, stages?: SecretStage[]): Promise<void> {
    const input = { SecretId: arn, SecretString: JSON.stringify(value), VersionStages: stages };
    await this.client.send(new PutSecretValueCommand(input)).catch(refuse);
  }

  /** Umami's secret as {@link SecretStore}. */
  store(arn: string): SecretStore {
    return {
      name: `Secret ${arn}`,
      read: async (stage) => (await this.version(arn, stage))?.text,
      write: (value) => this.write(arn, value),
      stage: (value) => this.write(arn, value, ['AWSPENDING']),
      promote: () => this.promote(arn),
    };
  }

  private async version(arn: string, stage?: SecretStage): Promise<{ text?: string; id?: string } | undefined> {
    try {
      const input = { SecretId: arn, VersionStage: stage };
      const { SecretString: text, VersionId: id } = await this.client.send(new GetSecretValueCommand(input));
      return { text, id };
    } catch (error) {
      return error instanceof ResourceNotFoundException ? undefined : refuse(error);
    }
  }

  /** Two calls: after a kill between them the same version has both stages, which the next run takes for completed. */
  private async promote(arn: string): Promise<void> {
    const [pending, current] = [await this.version(arn, 'AWSPENDING'), await this.version(arn, 'AWSCURRENT')];
    if (!pending?.id) return;
    const move = (VersionStage: SecretStage, versions: { MoveToVersionId?: string; RemoveFromVersionId?: string }) =>
      this.client.send(new UpdateSecretVersionStageCommand({ SecretId: arn, VersionStage, ...versions })).catch(refuse);
    if (pending.id !== current?.id)
      await move('AWSCURRENT', { MoveToVersionId: pending.id, RemoveFromVersionId: current?.id });
    await move('AWSPENDING', { RemoveFromVersionId: pending.id });
  }
}

function refuse(error: unknown): never {
  throw explainUnreachable('Secrets Manager', error);
}

/** AWS tells it from other requests at the wrong time by the message only. */
function isToBeDeleted(error: unknown): boolean {
  return error instanceof InvalidRequestException && /marked (for deletion|deleted)/i.test(error.message);
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function parse(text: string): { readonly [key: string]: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
