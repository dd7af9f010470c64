import type { Expression } from '@aws-sdk/client-cost-explorer';
import { type Probes, unique } from './probe';
import { createOne } from './stack';

/** The database that emulators are started with. */
export const POSTGRES = { host: '127.0.0.1', port: 54321 };

/** Answers of an API that say other than on AWS. */
export const answers: Probes = {
  'blocks of a vpc': async ({ ec2 }) => {
    const { Vpc: { VpcId } = {} } = await ec2.createVpc({ CidrBlock: '10.8.0.0/24' });
    const made = await ec2.associateVpcCidrBlock({ VpcId, CidrBlock: '10.9.0.0/24' }).catch(() => undefined);
    const blocks = async () => {
      const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({ VpcIds: [VpcId ?? ''] });
      return vpc?.CidrBlockAssociationSet?.map(({ CidrBlock }) => CidrBlock).join();
    };
    const both = await blocks();
    const AssociationId = made?.CidrBlockAssociation?.AssociationId;
    if (AssociationId === undefined) return true;
    await ec2.disassociateVpcCidrBlock({ AssociationId });
    return both !== '10.8.0.0/24,10.9.0.0/24' || (await blocks()) !== '10.8.0.0/24';
  },
  'blocks of subnets': async (context) => {
    const { ec2 } = context;
    const { Vpc: { VpcId } = {} } = await ec2.createVpc({ CidrBlock: '10.8.0.0/24' });
    const refusal = (CidrBlock: string) =>
      ec2.createSubnet({ VpcId, CidrBlock }).then(
        () => '',
        (error: Error) => error.name,
      );
    const refusals = [await refusal('10.8.0.0/26'), await refusal('10.8.0.32/27'), await refusal('10.9.0.0/26')];
    const template = await createOne(context, 'AWS::EC2::Subnet', { VpcId, CidrBlock: '10.8.0.0/27' }).catch(() => '');
    return refusals.join() !== ',InvalidSubnet.Conflict,InvalidSubnet.Range' || template !== '';
  },
  'cost explorer': async ({ aws, costExplorer }) => {
    const costs = [
      { day: '2026-10-01', service: 'EC2 - Other', tags: { Project: 'probe' }, amount: 2 },
      { day: '2026-10-02', service: 'EC2 - Other', tags: { Project: 'probe' }, amount: 1 },
      { day: '2026-10-02', service: 'EC2 - Other', tags: { Project: 'probe' }, amount: -5, recordType: 'Credit' },
      { day: '2026-10-02', service: 'Tax', amount: 1 },
    ];
    const replace = (ledger: object) =>
      fetch(`${aws.endpoint}/_local-aws/ledger`, { method: 'PUT', body: JSON.stringify(ledger) });
    await replace({ costs, keys: { Project: 'Active' } });
    const TimePeriod = { Start: '2026-10-01', End: '2026-11-01' };
    const ask = async (Filter?: Expression) => {
      const question = { TimePeriod, Granularity: 'MONTHLY' as const, Metrics: ['UnblendedCost'], Filter };
      const GroupBy = [{ Type: 'TAG' as const, Key: 'Project' }];
      const { ResultsByTime } = await costExplorer.getCostAndUsage({ ...question, GroupBy });
      return ResultsByTime?.[0]?.Groups?.map(({ Keys, Metrics }) => [
        Keys?.[0],
        Number(Metrics?.UnblendedCost?.Amount),
      ]);
    };
    const found = await ask().catch(() => undefined);
    if (found === undefined) return true;
    const withoutCredits = await ask({ Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit'] } } });
    await replace({ keys: {} });
    const inactive = await ask({ Tags: { Key: 'Project', Values: ['probe'] } });
    await replace({ refused: "Linked account doesn't have access to cost explorer." });
    const refused = await ask().catch((error: Error) => error.name);
    await replace({ costs: [], refused: null });
    const answered = [found, withoutCredits, inactive, refused];
    const expected = [
      [
        ['Project$probe', -2],
        ['Project$', 1],
      ],
      [
        ['Project$probe', 3],
        ['Project$', 1],
      ],
      [],
      'AccessDeniedException',
    ];
    return JSON.stringify(answered) !== JSON.stringify(expected);
  },
  'dashboard list': async ({ cloudWatch }) => {
    const DashboardName = unique('dashboard');
    await cloudWatch.putDashboard({ DashboardName, DashboardBody: '{"widgets":[]}' });
    const { DashboardEntries = [] } = await cloudWatch.listDashboards({}).catch(() => ({ DashboardEntries: [] }));
    return !DashboardEntries.some((entry) => entry.DashboardName === DashboardName && entry.LastModified);
  },
  'database endpoint': async ({ rds }) => {
    const DBClusterIdentifier = unique('cluster');
    await rds.createDBCluster({
      DBClusterIdentifier,
      Engine: 'aurora-postgresql',
      MasterUsername: 'probe',
      MasterUserPassword: 'probe-probe',
    });
    const { DBClusters: [cluster] = [] } = await rds.describeDBClusters({ DBClusterIdentifier });
    return cluster?.Endpoint !== POSTGRES.host || cluster.Port !== POSTGRES.port;
  },
  'e-mail subscription': async ({ sns }) => {
    const { TopicArn } = await sns.createTopic({ Name: unique('topic') });
    await sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'somebody@example.com' });
    const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
    return Subscriptions[0]?.SubscriptionArn !== 'PendingConfirmation';
  },
};
