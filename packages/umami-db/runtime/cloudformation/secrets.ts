import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { ProvisionError } from '../provision/provision-error';

/** An administrator's sign-in. */
export interface AdminCredentials {
  readonly username: string;
  readonly password: string;
}

/** The two secrets: the administrator's is read, Umami's is read and written. */
export class Secrets {
  constructor(private readonly client = new SecretsManagerClient({})) {}

  /** @throws ProvisionError when the secret does not hold `username` and `password` */
  async admin(arn: string): Promise<AdminCredentials> {
    const { username, password } = parse(await this.read(arn));
    if (typeof username === 'string' && typeof password === 'string') return { username, password };
    throw new ProvisionError(
      `The administrator's secret ${arn} must be JSON with username and password. Correct its value.`,
    );
  }

  /** The text of a secret, if it has a value. */
  async read(arn: string): Promise<string | undefined> {
    try {
      return (await this.client.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  async write(arn: string, value: object): Promise<void> {
    await this.client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: JSON.stringify(value) }));
  }
}

function parse(text: string | undefined): { username?: unknown; password?: unknown } {
  try {
    return Object(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
}
