import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, test } from 'vitest';
import { UmamiDatabase, type UmamiDatabaseProps } from '../../../src';
import { ADMIN_SECRET, deploy } from './stack';

function second(
  differing: Partial<UmamiDatabaseProps>,
  ofFirst: Partial<UmamiDatabaseProps> = {},
): () => UmamiDatabase {
  const { stack } = deploy(() => ofFirst);
  const vpc = Vpc.fromVpcAttributes(stack, 'SecondVpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-east-1a'],
    privateSubnetIds: ['subnet-1'],
    privateSubnetRouteTableIds: ['rtb-1'],
  });
  const adminSecret = Secret.fromSecretCompleteArn(stack, 'SecondAdminSecret', ADMIN_SECRET);
  const props = { stage: 'dev', host: 'cluster.example.com', databaseName: 'application', vpc, adminSecret };
  return () => new UmamiDatabase(stack, 'Second', { ...props, ...differing });
}

describe('a second one in a stack', () => {
  test.each<[string, Partial<UmamiDatabaseProps>, string]>([
    ['all names', {}, 'databaseRoleName'],
    ['the database role', { schemaName: 'metrics' }, 'databaseRoleName'],
    ['the database role, in another database', { databaseName: 'shop' }, 'databaseRoleName'],
    ['the schema', { databaseRoleName: 'metrics' }, 'schemaName'],
  ])('is refused with the same stage and %s', (_, differing, prop) => {
    expect(second(differing)).toThrow(
      `\`${prop}\` must differ from that of Stack/UmamiDatabase, which has the same stack and stage`,
    );
  });

  test('is refused with the name of the second database role of the first one', () => {
    const another = { schemaName: 'metrics', databaseRoleName: 'umami_user_clone' };

    expect(second(another, { alternatingDatabaseRoles: true })).toThrow('`databaseRoleName` must differ from that of');
    expect(second(another)).not.toThrow();
  });

  test.each<[string, Partial<UmamiDatabaseProps>]>([
    ['another stage', { stage: 'prod', schemaName: 'prod', databaseRoleName: 'prod' }],
    ['another cluster', { host: 'other.example.com' }],
    ['names of its own', { schemaName: 'metrics', databaseRoleName: 'metrics' }],
    ['another database and database role', { databaseName: 'shop', databaseRoleName: 'metrics' }],
  ])('is taken with %s', (_, differing) => {
    expect(second(differing)).not.toThrow();
  });
});
