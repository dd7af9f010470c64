import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { UmamiDatabaseProps } from './umami-database-props';

/** Services that the function calls: the end of the endpoint's name, what people call it, and what CDK does. */
const SECRETS_MANAGER = ['secretsmanager', 'Secrets Manager', 'SecretsManager', 'SECRETS_MANAGER'] as const;
const RDS = ['rds', 'Amazon RDS', 'Rds', 'RDS'] as const;

/**
 * The function needs Secrets Manager, and Amazon RDS for a snapshot. Whether isolated subnets lead there can be known at
 * synth when the VPC is defined in the same app: then its endpoints are constructs.
 */
export function warnOfMissingEndpoints(
  scope: Construct,
  { vpc, vpcSubnets, snapshotCluster }: UmamiDatabaseProps,
): void {
  const isDefinedHere = Token.isUnresolved(vpc.vpcId);
  const isolated = new Set(vpc.isolatedSubnets.map(({ node }) => node.path));
  const subnets = vpc.selectSubnets(vpcSubnets).subnets;
  if (!isDefinedHere || !subnets.some(({ node }) => isolated.has(node.path))) return;
  const endpoints = vpc.stack.node.findAll().filter((node) => node instanceof CfnVPCEndpoint);
  const names = endpoints.map(({ serviceName }) => JSON.stringify(vpc.stack.resolve(serviceName)));
  for (const [service, title, id, constant] of snapshotCluster ? [SECRETS_MANAGER, RDS] : [SECRETS_MANAGER]) {
    if (names.some((name) => new RegExp(`\\.${service}\\b`).test(name))) continue;
    Annotations.of(scope).addWarningV2(
      `@user-metrics/umami-db:no${id}Endpoint`,
      `The subnets of the function have no way to the internet, and the VPC has no endpoint for ${title}. Add one: vpc.addInterfaceEndpoint('${id}', { service: InterfaceVpcEndpointAwsService.${constant} }) in ${Stack.of(vpc).stackName}.`,
    );
  }
}
