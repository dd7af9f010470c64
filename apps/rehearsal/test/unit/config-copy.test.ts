import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Foundation, Stage } from '@user-metrics/foundation';
import { afterAll, describe, expect, test } from 'vitest';
import { pointAt, type Target, writeConfig } from '../../src/account/config-copy';
import { FOUNDATIONS } from './network-modes';

const folder = mkdtempSync(join(tmpdir(), 'config-copy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const subnet = (id: string, cidrBlock: string, zone: string) => ({
  subnetId: `subnet-${id}`,
  cidrBlock,
  availabilityZone: `eu-central-1${zone}`,
});
const PUBLIC = [subnet('00000000000000001', '10.40.1.0/24', 'a'), subnet('00000000000000002', '10.40.2.0/24', 'b')];
const PRIVATE = [subnet('00000000000000003', '10.40.3.0/24', 'a'), subnet('00000000000000004', '10.40.4.0/24', 'b')];

/** Ids as the local AWS gave them. */
const target: Target = {
  accountId: '000000000000',
  stage: 'dev',
  existingApplication: {
    network: {
      vpcId: 'vpc-11111111111111111',
      internetGatewayId: 'igw-11111111111111111',
      cloudFrontPrefixListId: 'pl-00000000000000000',
      natGatewayId: 'nat-11111111111111111',
      publicSubnets: PUBLIC,
      privateSubnets: PRIVATE,
      named: { publicSubnets: PUBLIC, privateSubnets: PRIVATE },
      publicRouteTableId: 'rtb-11111111111111111',
      privateRouteTableId: 'rtb-22222222222222222',
      functionSecurityGroupId: 'sg-11111111111111111',
      databaseSecurityGroupId: 'sg-22222222222222222',
    },
    database: {
      clusterIdentifier: 'shop',
      host: 'localhost',
      port: 5610,
      adminSecretArn: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:shop/database/admin-a1B2c3',
    },
    distributionId: 'E1',
  },
  application: { database: 'rehearsal_database', databaseRole: 'rehearsal_umami' } as Target['application'],
  server: { caCertificate: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----' } as Target['server'],
};

const pointed = (foundation: Foundation): Stage => pointAt(foundation, target).stages['dev'] as Stage;

describe.each(FOUNDATIONS)('%s', (mode, foundation) => {
  const { network, database } = pointed(foundation);

  test('names nothing of the account that the user has', () => {
    const theirs = /111122223333|0a1b2c3d4e5f60718|0123456789abcde|c1a2b3c4d5e6|a1B2c3d/;
    expect(JSON.stringify(foundation)).toMatch(theirs);
    expect(JSON.stringify(pointAt(foundation, target))).not.toMatch(theirs);
  });

  test("names the rehearsal's network as the user named his", () => {
    const theirs = target.existingApplication.network;
    const expected = {
      inside: { vpcId: theirs.vpcId, internetGatewayId: theirs.internetGatewayId },
      new: mode.includes('peering')
        ? { peering: { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: [theirs.privateRouteTableId] } }
        : {},
      // The rehearsal has one VPC; that both sides go by blocks stays.
      existing: {
        vpcId: theirs.vpcId,
        publicSubnets: PUBLIC,
        privateSubnets: PRIVATE,
        ...(mode.includes('another') ? { databaseCidrBlocks: ['10.60.0.0/24'] } : {}),
      },
    }[network.mode];
    expect(network).toMatchObject(expected);
    // What he chose stays: a NAT gateway is shared only when he shares his.
    expect('natGatewayId' in network && network.natGatewayId).toBe(
      mode.includes('of the application') ? theirs.natGatewayId : network.mode === 'inside' ? undefined : false,
    );
    expect('peering' in network && network.peering !== undefined).toBe(mode.includes('peering'));
    expect(network.loadBalancer).toEqual(foundation.stages['dev']?.network.loadBalancer);
  });

  test("names the rehearsal's database", () => {
    expect(database).toMatchObject({
      clusterIdentifier: 'shop',
      host: 'localhost',
      port: 5610,
      name: 'rehearsal_database',
      databaseRole: 'rehearsal_umami',
      securityGroupId: 'sg-22222222222222222',
      vpcId: 'vpc-11111111111111111',
      owner: 'none',
    });
    expect(database.adminSecretKmsKeyArn).toBeUndefined();
    expect(database.functionSubnets?.map(({ subnetId }) => subnetId)).toEqual(
      network.mode === 'new' || mode.includes('another') ? PRIVATE.map(({ subnetId }) => subnetId) : undefined,
    );
  });

  test('is a configuration, in a file of its own, with the change that is asked for', () => {
    const { file, foundation: written } = writeConfig(folder, pointAt(foundation, target), (stage, whole) => {
      stage.storage.retentionDays = 45;
      whole.tags.owner = 'somebody';
    });
    expect(existsSync(file) && readFileSync(file, 'utf8')).toContain('"retentionDays": 45');
    expect([written.stages['dev']?.storage.retentionDays, written.tags.owner]).toEqual([45, 'somebody']);
    expect([foundation.stages['dev']?.storage.retentionDays, foundation.tags.owner]).toEqual([30, 'platform-team']);
  });
});

test('takes along the limit of this stage alone, and operators as roles of the account', () => {
  const foundation = structuredClone(FOUNDATIONS[0]?.[1]) as Foundation;
  const account = foundation.stages['dev']?.account ?? '';
  Object.assign(foundation.accounts[account]?.cost ?? {}, { stageLimits: { dev: 40, prod: 100 } });
  Object.assign(foundation.stages['dev'] as Stage, {
    storage: { ...foundation.stages['dev']?.storage, operatorRoleArns: [`arn:aws:iam::${account}:role/Privacy`] },
  });
  const { file, foundation: written } = writeConfig(folder, pointAt(foundation, target));
  expect(readFileSync(file, 'utf8')).not.toContain(account);
  expect(written.accounts['000000000000']?.cost.stageLimits).toEqual({ dev: 40 });
  expect(written.stages['dev']?.storage.operatorRoleArns).toEqual(['arn:aws:iam::000000000000:role/Privacy']);
});
