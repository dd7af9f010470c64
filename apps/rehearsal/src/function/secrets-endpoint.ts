import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A local endpoint that speaks as much of Secrets Manager as the database function uses. */
export class SecretsEndpoint {
  private readonly server: Server;
  /** Values by ARN. */
  readonly values = new Map<string, string>();

  private constructor() {
    this.server = createServer(async (request, response) => {
      const { status, body } = this.answer(
        String(request.headers['x-amz-target']),
        JSON.parse((await text(request)) || '{}'),
      );
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  }

  static async start(): Promise<SecretsEndpoint> {
    const endpoint = new SecretsEndpoint();
    await new Promise<void>((resolve) => endpoint.server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(
    target: string,
    { SecretId, SecretString }: { SecretId?: string; SecretString?: string },
  ): { status: number; body: object } {
    const known = SecretId !== undefined && this.values.has(SecretId);
    if (!known)
      return {
        status: 400,
        body: { __type: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." },
      };
    switch (target) {
      case 'secretsmanager.GetSecretValue':
        return {
          status: 200,
          body: { ARN: SecretId, SecretString: this.values.get(SecretId), VersionStages: ['AWSCURRENT'] },
        };
      case 'secretsmanager.PutSecretValue':
        this.values.set(SecretId, SecretString ?? '');
        return { status: 200, body: { ARN: SecretId, VersionStages: ['AWSCURRENT'] } };
      default:
        return {
          status: 400,
          body: { __type: 'InvalidRequestException', message: `The rehearsal does not know ${target}.` },
        };
    }
  }
}
