import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Secrets } from '../secret/secrets-manager';

/** Secrets Manager in the Region that the ARN of the secret names. */
export function secretsOf(arn: string): Secrets {
  const [, , , region] = arn.split(':');
  return new Secrets(new SecretsManagerClient({ defaultsMode: 'standard', ...(region ? { region } : {}) }));
}
