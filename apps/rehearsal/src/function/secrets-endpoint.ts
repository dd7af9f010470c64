import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint } from '@user-metrics/aws-endpoint';

/** A local endpoint that speaks as much of Secrets Manager as the database function uses. */
export class SecretsEndpoint {
  private constructor(
    private readonly endpoint: AwsEndpoint,
    /** Values by ARN. */
    readonly values: Map<string, string>,
  ) {}

  static async start(): Promise<SecretsEndpoint> {
    const values = new Map<string, string>();
    return new SecretsEndpoint(await startEndpoint((asked) => answer(values, asked)), values);
  }

  get url(): string {
    return this.endpoint.url;
  }

  stop(): Promise<void> {
    return this.endpoint.close();
  }
}

function answer(values: Map<string, string>, { action, parameters, refuse }: Asked): Answer {
  const { SecretId, SecretString = '' } = parameters as { SecretId?: string; SecretString?: string };
  if (SecretId === undefined || !values.has(SecretId))
    return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  switch (action) {
    case 'GetSecretValue':
      return json({ ARN: SecretId, SecretString: values.get(SecretId), VersionStages: ['AWSCURRENT'] });
    case 'PutSecretValue':
      values.set(SecretId, SecretString);
      return json({ ARN: SecretId, VersionStages: ['AWSCURRENT'] });
    default:
      return refuse('InvalidRequestException', `The rehearsal does not know ${action}.`);
  }
}
