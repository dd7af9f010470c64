import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Secrets } from '../secret/secrets-manager';

/** Secrets Manager in the Region of a secret: whoever gives an ARN need not say it twice. */
export function secretsOf(arn: string): Secrets {
  const [, , , region] = arn.split(':');
  return new Secrets(new SecretsManagerClient({ defaultsMode: 'standard', ...(region ? { region } : {}) }));
}
