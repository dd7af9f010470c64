import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DatabaseCluster, type IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { UmamiDatabase, type UmamiDatabaseProps } from '../../../src';

export const ADMIN_SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:admin-AbCdEf';

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A stack with the construct, whose network and administrator are somebody else's. */
export interface Deployment {
  readonly stack: Stack;
  readonly database: UmamiDatabase;
  /** The template; nothing can be added to the stack after it. */
  template(): Template;
  /** The function that provisions, not one of the provider framework. */
  provisioningFunction(): Resource;
  /** Statements of the policy of that function's role, or of another one's. */
  statements(ofFunction?: Resource): readonly unknown[];
}

/** A cluster that exists. */
export function clusterOf(clusterIdentifier: string, stack = new Stack()): IDatabaseCluster {
  return DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier });
}

/** @param differing props that differ from the smallest example, from the stack that they are for */
export function deploy(differing: (stack: Stack) => Partial<UmamiDatabaseProps> = () => ({})): Deployment {
  const stack = new Stack(new App({ context: recommendedFlags }), 'Stack', {
    env: { account: '111122223333', region: 'us-east-1' },
  });
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    isolatedSubnetIds: ['subnet-8', 'subnet-9'],
    isolatedSubnetRouteTableIds: ['rtb-8', 'rtb-9'],
  });
  const database = new UmamiDatabase(stack, 'UmamiDatabase', {
    stage: 'dev',
    vpc,
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1'),
    host: 'cluster.example.com',
    databaseName: 'application',
    adminSecret: Secret.fromSecretCompleteArn(stack, 'AdminSecret', ADMIN_SECRET),
    ...differing(stack),
  });
  let template: Template | undefined;
  const made = () => {
    template ??= Template.fromStack(stack);
    return template;
  };
  const resources = (type: string) => Object.values(made().findResources(type)) as unknown as Resource[];
  const provisioningFunction = () => {
    const [found] = resources('AWS::Lambda::Function').filter(({ Properties }) =>
      String(Properties['Description']).startsWith('Sets up schema '),
    );
    if (!found) throw new Error('There is no function that provisions.');
    return found;
  };
  return {
    stack,
    database,
    template: made,
    provisioningFunction,
    statements: (ofFunction = provisioningFunction()) => {
      const role = (ofFunction.Properties['Role'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
      const policies = resources('AWS::IAM::Policy').filter(({ Properties }) =>
        JSON.stringify(Properties['Roles']).includes(`"${role}"`),
      );
      return policies.flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: unknown[] }).Statement);
    },
  };
}
