import type { CdkCustomResourceEvent } from 'aws-lambda';

export const ADMIN_SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:admin-AbCdEf';
export const UMAMI_SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:umami-GhIjKl';

/** Properties as CloudFormation sends them, for a server somewhere. */
export function propertiesFor(server: {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly databaseRole: string;
  readonly certificateAuthority?: string;
}): Record<string, string> {
  return {
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
    ServiceTimeout: '300',
    Owner: 'Stack/test',
    Host: server.host,
    Port: String(server.port),
    Database: server.database,
    AdminSecretArn: ADMIN_SECRET,
    SecretArn: UMAMI_SECRET,
    Schema: 'umami',
    DatabaseRole: server.databaseRole,
    UmamiAdministrator: 'generated',
    ...(server.certificateAuthority ? { CertificateAuthority: server.certificateAuthority } : {}),
    BaselineSeconds: '1',
    CodeFingerprint: 'abc',
  };
}

type Properties = Readonly<Record<string, unknown>>;

const COMMON = {
  ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
  ResponseURL: 'https://example.com',
  StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Stack/1',
  LogicalResourceId: 'UmamiDatabase',
  ResourceType: 'Custom::UmamiDatabase',
};

export function createEvent(properties: Properties, RequestId = 'request-1'): CdkCustomResourceEvent {
  return event({ RequestType: 'Create', RequestId, ResourceProperties: properties });
}

export function updateEvent(
  PhysicalResourceId: string,
  before: Properties,
  after: Properties,
  RequestId = 'request-2',
): CdkCustomResourceEvent {
  const properties = { ResourceProperties: after, OldResourceProperties: before };
  return event({ RequestType: 'Update', RequestId, PhysicalResourceId, ...properties });
}

export function deleteEvent(PhysicalResourceId: string, properties: Properties): CdkCustomResourceEvent {
  return event({ RequestType: 'Delete', RequestId: 'request-9', PhysicalResourceId, ResourceProperties: properties });
}

function event(differing: object): CdkCustomResourceEvent {
  return { ...COMMON, ...differing } as CdkCustomResourceEvent;
}
