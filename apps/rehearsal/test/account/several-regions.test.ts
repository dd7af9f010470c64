import { listStacks, published, stackResources } from '@user-metrics/foundation/account';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { clientsFor } from '../../lib/src/account/aws';
import { writeConfig } from '../../lib/src/account/config-copy';
import { bootstrap, CHANGE_ONLY, runFoundation } from '../../lib/src/account/foundation-command';
import { CleanUp } from '../../lib/src/clean-up';
import { temporaryFolder } from '../../lib/src/temporary-folder';
import { reopen } from './plain-account';

const REGION = 'us-west-2';
const STAGE = 'dev-us';
const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };

const cleanUp = new CleanUp();
afterAll(() => cleanUp.run());

let account: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});

/** A VPC of the other Region, in which a cluster might be, and the secret of its administrator. */
async function otherRegion({ ec2, secretsManager }: Account['aws']) {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.60.0.0/16' });
  const VpcId = Vpc?.VpcId ?? '';
  cleanUp.add(() => ec2.deleteVpc({ VpcId }));
  const subnets = await Promise.all(
    ['10.60.0.0/24', '10.60.1.0/24', '10.60.2.0/24', '10.60.3.0/24'].map(async (CidrBlock, index) => {
      const AvailabilityZone = `${REGION}${index % 2 === 0 ? 'a' : 'b'}`;
      const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone });
      const SubnetId = Subnet?.SubnetId ?? '';
      cleanUp.add(() => ec2.deleteSubnet({ SubnetId }));
      return { subnetId: SubnetId, cidrBlock: CidrBlock, availabilityZone: AvailabilityZone };
    }),
  );
  const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId, GroupName: 'other', Description: 'other' });
  cleanUp.add(() => ec2.deleteSecurityGroup({ GroupId }));
  const SecretString = JSON.stringify({
    username: account.application.admin.user,
    password: account.application.admin.password,
  });
  const { ARN = '' } = await secretsManager.createSecret({ Name: 'other-admin', SecretString });
  cleanUp.add(() => secretsManager.deleteSecret({ SecretId: ARN, ForceDeleteWithoutRecovery: true }));
  return { VpcId, subnets, GroupId, ARN };
}

test('a stage in another Region is deployed beside the first one, which stays as it is', {
  timeout: 400_000,
}, async () => {
  const aws = clientsFor({ ...account.caller, region: REGION });
  const { VpcId, subnets, GroupId, ARN } = await otherRegion(aws);
  const { foundation } = account.config;
  const dev = structuredClone(foundation.stages['dev']) as (typeof foundation.stages)[string];
  const { loadBalancer } = dev.network;
  const stage = {
    ...dev,
    region: REGION,
    network: {
      mode: 'existing' as const,
      vpcId: VpcId,
      publicSubnets: subnets.slice(0, 2),
      privateSubnets: subnets.slice(2),
      loadBalancer,
    },
    database: {
      ...dev.database,
      vpcId: VpcId,
      securityGroupId: GroupId,
      adminSecretArn: ARN,
      clusterIdentifier: 'other',
      schema: 'umami_us',
      databaseRole: 'umami_us',
      autoDelete: true,
    },
    storage: { ...dev.storage, autoDelete: true },
  };
  const config = writeConfig(temporaryFolder('user-metrics-regions-', cleanUp), {
    ...foundation,
    stages: { ...foundation.stages, [STAGE]: stage },
  });
  const other: Account = { ...account, aws, region: REGION, stage: STAGE, config };
  const first: Account = { ...account, config };
  const before = await stackResources(first);

  for (const step of [() => bootstrap(other, OPTIONS), () => runFoundation(other, 'deploy', OPTIONS, CHANGE_ONLY)]) {
    const { exitCode, output } = await step();
    expect(exitCode, output).toBe(0);
  }
  const names = (await listStacks(other)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([`UserMetrics-${STAGE}-Database`, 'UserMetrics-Alerts']));
  expect(await published(other, 'network/vpc-id')).toBe(VpcId);
  expect(await published(other, 'database/schema-name')).toBe('umami_us');
  expect(await stackResources(first)).toEqual(before);

  const { printed } = await runFoundation(first, 'preflight', OPTIONS, ['--json']);
  const { findings } = JSON.parse(printed) as { findings: { id: string; state: string; found: string }[] };
  expect(findings.filter(({ id, state }) => id.startsWith('stacks.') && state !== 'ok')).toEqual([]);

  const destroyed = await runFoundation(other, 'destroy', OPTIONS);
  expect(destroyed.exitCode, destroyed.output).toBe(0);
  await aws.cloudFormation.deleteStack({ StackName: 'UserMetrics-Alerts' });
  expect(await stackResources(first)).toEqual(before);
});
