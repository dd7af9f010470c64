import { parseStageStackName } from '@user-metrics/foundation';
import { nameInArn, published, stackResources } from '@user-metrics/foundation/account';
import { rightsCheck } from './attempts';
import { readAdminSecret, refusedToAll } from './refused-to-all';

export const grafana = rightsCheck('rights.grafana', async (account) => {
  const SecretId = await published(account, 'database/secret-arn');
  return {
    roleName: nameInArn(await published(account, 'access/grafana-role-arn')),
    may: [
      ['list metrics', ({ cloudWatch }) => cloudWatch.listMetrics({ Namespace: 'AWS/Lambda' })],
      ['read alarms', ({ cloudWatch }) => cloudWatch.describeAlarms({})],
      ['list log groups', ({ logs }) => logs.describeLogGroups({})],
      ['search by tag', ({ tagging }) => tagging.getResources({})],
    ],
    mayNot: [
      ['delete an alarm', ({ cloudWatch }) => cloudWatch.deleteAlarms({ AlarmNames: ['shop-errors'] })],
      [
        'publish a metric',
        ({ cloudWatch }) =>
          cloudWatch.putMetricData({ Namespace: 'UserMetrics/x', MetricData: [{ MetricName: 'x', Value: 1 }] }),
      ],
      ["read Umami's secret", ({ secretsManager }) => secretsManager.getSecretValue({ SecretId })],
      readAdminSecret(account),
      ...refusedToAll(account),
    ],
  };
});

export const databaseFunction = rightsCheck('rights.database-function', async (account) => {
  const SecretId = await published(account, 'database/secret-arn');
  const Bucket = await published(account, 'storage/replay-bucket-name');
  const roles = (await stackResources(account)).filter(
    ({ type, stack, logicalId }) =>
      type === 'AWS::IAM::Role' &&
      parseStageStackName(stack)?.concern === 'Database' &&
      /^UmamiDatabaseFunction/.test(logicalId),
  );
  return {
    roleName: roles[0]?.physicalId ?? 'none',
    may: [
      readAdminSecret(account),
      ["read Umami's secret", ({ secretsManager }) => secretsManager.getSecretValue({ SecretId })],
    ],
    mayNot: [
      ["delete Umami's secret", ({ secretsManager }) => secretsManager.deleteSecret({ SecretId })],
      ['list secrets', ({ secretsManager }) => secretsManager.listSecrets({})],
      ['list recordings', ({ s3 }) => s3.listObjectsV2({ Bucket })],
      ...refusedToAll(account),
    ],
  };
});
