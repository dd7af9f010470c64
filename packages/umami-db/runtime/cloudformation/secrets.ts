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
  // Mode `standard` gives up a connection after seconds: without a route, the function's time would run out instead.
  constructor(private readonly client = new SecretsManagerClient({ defaultsMode: 'standard' })) {}

  /** @throws ProvisionError when the secret does not hold `username` and `password` */
  async admin(arn: string): Promise<AdminCredentials> {
    const text = await this.read(arn);
    if (text === undefined) {
      throw new ProvisionError(
        `There is no secret ${arn}, or it has no value. Check the ARN of the administrator's secret.`,
      );
    }
    const { username, password } = parse(text);
    if (isFilled(username) && isFilled(password)) return { username, password };
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
      throw explained(error);
    }
  }

  async write(arn: string, value: object): Promise<void> {
    try {
      await this.client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: JSON.stringify(value) }));
    } catch (error) {
      throw explained(error);
    }
  }
}

/** An answer of Secrets Manager says what is wrong; the lack of one does not. */
function explained(error: unknown): unknown {
  const { name, code, message } = error as Error & { code?: unknown };
  if (name !== 'TimeoutError' && typeof code !== 'string') return error;
  return new ProvisionError(
    `Secrets Manager cannot be reached: ${message || code}. Give the function subnets with a NAT gateway or an interface endpoint.`,
    { cause: error },
  );
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function parse(text: string): { username?: unknown; password?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
