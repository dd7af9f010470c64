import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ArnFormat, Stack, Token } from 'aws-cdk-lib/core';
import { snapshotPrefix } from '../runtime/snapshot/snapshot-name';

/** Lets a function read the administrator's secret and Umami's. */
export function letReadSecrets(handler: LambdaFunction, adminSecret: ISecret, secret: ISecret): void {
  adminSecret.grantRead(handler);
  letDecrypt(handler, adminSecret);
  secret.grantRead(handler);
}

/** Lets it write Umami's secret. */
export function letWriteSecret(handler: LambdaFunction, secret: ISecret): void {
  handler.addToRolePolicy(
    new PolicyStatement({
      actions: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
      resources: [secret.secretArn],
    }),
  );
}

/** `grantRead` lets only the key's own policy know, which is out of reach when the key is imported. */
function letDecrypt(handler: LambdaFunction, { encryptionKey }: ISecret): void {
  if (!encryptionKey) return;
  const service = `secretsmanager.${Stack.of(handler).region}.amazonaws.com`;
  handler.addToRolePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': service } },
    }),
  );
}

/** Lets it take snapshots of this cluster only, under names of its own. To find one, Amazon RDS asks for all names. */
export function letTakeSnapshots(handler: LambdaFunction, cluster: string, schema: string): void {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(handler).formatArn({ service: 'rds', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  // In Amazon RDS identifiers are in lower case.
  const ofCluster = arn('cluster', Token.isUnresolved(cluster) ? cluster : cluster.toLowerCase());
  const names = Token.isUnresolved(schema) ? '*' : `${snapshotPrefix({ schema }, '')}-*`;
  const allow = (action: string, ...resources: string[]) =>
    handler.addToRolePolicy(new PolicyStatement({ actions: [action], resources }));
  allow('rds:CreateDBClusterSnapshot', ofCluster, arn('cluster-snapshot', names));
  allow('rds:DescribeDBClusterSnapshots', ofCluster, arn('cluster-snapshot', '*'));
}
