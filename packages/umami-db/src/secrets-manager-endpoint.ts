import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { UmamiDatabaseProps } from './umami-database-props';

/**
 * The function needs Secrets Manager. Whether isolated subnets lead there can be known at synth when the VPC is defined in
 * the same app: then its endpoints are constructs.
 */
export function warnOfMissingEndpoint(scope: Construct, { vpc, vpcSubnets }: UmamiDatabaseProps): void {
  const isDefinedHere = Token.isUnresolved(vpc.vpcId);
  const isolated = new Set(vpc.isolatedSubnets.map(({ node }) => node.path));
  const subnets = vpc.selectSubnets(vpcSubnets).subnets;
  if (!isDefinedHere || !subnets.some(({ node }) => isolated.has(node.path))) return;
  const endpoints = vpc.stack.node.findAll().filter((node) => node instanceof CfnVPCEndpoint);
  const services = endpoints.map(({ serviceName }) => JSON.stringify(vpc.stack.resolve(serviceName)));
  if (services.some((service) => service.includes('.secretsmanager'))) return;
  Annotations.of(scope).addWarningV2(
    '@user-metrics/umami-db:noSecretsManagerEndpoint',
    `The subnets of the function have no way to the internet, and the VPC has no endpoint for Secrets Manager. Add one: vpc.addInterfaceEndpoint('SecretsManager', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER }) in ${Stack.of(vpc).stackName}.`,
  );
}
