import type { Account } from '../../../lib/src/account/account';
import { ourResources } from '../../../lib/src/account/stack-resources';
import type { Case, Restore } from './case';
import { recordings, withRules } from './storage';

async function withoutArchiveConfiguration(account: Account): Promise<Restore> {
  const { s3 } = account.aws;
  const Bucket = await recordings(account);
  const { IntelligentTieringConfigurationList: [found] = [] } = await s3.listBucketIntelligentTieringConfigurations({
    Bucket,
  });
  const Id = found?.Id;
  await s3.putBucketIntelligentTieringConfiguration({
    Bucket,
    Id,
    IntelligentTieringConfiguration: { Id, Tierings: found?.Tierings, Status: 'Disabled' },
  });
  return () => s3.putBucketIntelligentTieringConfiguration({ Bucket, Id, IntelligentTieringConfiguration: found });
}

async function withoutActions(account: Account): Promise<Restore> {
  const { cloudWatch } = account.aws;
  const AlarmNames = (await ourResources(account))
    .filter(({ type, stack }) => type === 'AWS::CloudWatch::Alarm' && stack.endsWith('-Storage'))
    .map(({ physicalId }) => physicalId);
  await cloudWatch.disableAlarmActions({ AlarmNames });
  return () => cloudWatch.enableAlarmActions({ AlarmNames });
}

async function withDashboard(account: Account, change: (body: string) => string): Promise<Restore> {
  const { cloudWatch } = account.aws;
  const dashboard = (await ourResources(account)).find(
    ({ type, stack }) => type === 'AWS::CloudWatch::Dashboard' && stack.endsWith('-Storage'),
  );
  const DashboardName = dashboard?.physicalId;
  const { DashboardBody = '' } = await cloudWatch.getDashboard({ DashboardName });
  await cloudWatch.putDashboard({ DashboardName, DashboardBody: change(DashboardBody) });
  return () => cloudWatch.putDashboard({ DashboardName, DashboardBody });
}

/** Tiering and the watch over the bucket. */
export const STORAGE_EXTRAS: readonly Case[] = [
  {
    id: '1.3.AC3',
    what: 'recordings move later',
    broken: (account) =>
      withRules(account, ({ Transitions, ...rule }) => ({
        ...rule,
        ...(Transitions ? { Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', Days: 7 }] } : {}),
      })),
    says: /^recordings move after 7 days$/,
  },
  {
    id: '1.3.AC3',
    what: 'the archive configuration is off',
    broken: withoutArchiveConfiguration,
    says: /^0 archive configurations instead of 1$/,
  },
  {
    id: '1.3.AC5',
    what: 'the alarm tells nobody',
    broken: withoutActions,
    says: /^no alarm at 100 GiB that tells somebody$/,
  },
  {
    id: '1.3.AC5',
    what: 'the dashboard shows nothing',
    broken: (account) => withDashboard(account, () => '{"widgets":[]}'),
    says: /^no dashboard shows the bucket$/,
  },
  {
    id: '1.4.AC3',
    what: 'the dashboard shows storage types that the lifecycle of the bucket does not lead to',
    broken: (account) =>
      withDashboard(account, (body) => body.replaceAll(/IntelligentTiering..A?Storage/g, 'GlacierStorage')),
    says: /^nothing moves objects of .* to GlacierStorage, which is shown; the size of .* in INTELLIGENT_TIERING is not shown$/,
  },
];
