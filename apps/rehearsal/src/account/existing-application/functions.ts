import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { Application } from '../../database/application';
import type { DatabaseServer } from '../../database/server';
import type { Aws } from '../aws';
import { FRONTEND_BUCKET } from './frontend';
import { type ApplicationNetwork, idOf } from './network';
import { APPLICATION_TAG_LIST, APPLICATION_TAGS } from './tags';

/** Functions of the application, by name, and what each asks the database. */
export const APPLICATION_FUNCTIONS = {
  'shop-open-orders': 'select count(*) as value from open_order',
  'shop-customers': 'select count(*) as value from customer',
};

/** Functions in the application's VPC that query the application's schema over connections of their own. */
export async function createFunctions(
  { iam, lambda }: Aws,
  network: ApplicationNetwork,
  { user, database }: Application,
  { host, port, caCertificate }: DatabaseServer,
): Promise<void> {
  const { Role } = await iam.createRole({
    RoleName: 'shop-functions',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
    Tags: APPLICATION_TAG_LIST,
  });
  await iam.putRolePolicy({
    RoleName: 'shop-functions',
    PolicyName: 'logs-and-objects',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          Resource: `arn:aws:s3:::${FRONTEND_BUCKET}/*`,
        },
      ],
    }),
  });
  const url = `postgresql://${user.user}:${encodeURIComponent(user.password)}@${host}:${port}/${database}`;
  for (const [FunctionName, QUERY] of Object.entries(APPLICATION_FUNCTIONS)) {
    await lambda.createFunction({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: idOf(Role?.Arn),
      Code: { ZipFile: functionCode() },
      Timeout: 10,
      VpcConfig: {
        SubnetIds: network.privateSubnets.map(({ subnetId }) => subnetId),
        SecurityGroupIds: [network.functionSecurityGroupId],
      },
      Environment: { Variables: { DATABASE_URL: url, DATABASE_CA: caCertificate, QUERY, RELEASE: 'first' } },
      Tags: APPLICATION_TAGS,
    });
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 0.1 }, { FunctionName });
  }
}

/** The zip file that the application's pipeline would upload. */
export function functionCode(): Uint8Array {
  const source = readFileSync(join(__dirname, 'application-function.js'), 'utf8');
  return zipSync({ 'index.js': strToU8(source) }, { mtime: new Date('2026-01-01') });
}
