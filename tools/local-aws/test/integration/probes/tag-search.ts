import { type ProbeContext, type Probes, unique } from './probe';
import { createOne } from './stack';

const Tags = [{ Key: 'Project', Value: 'probe' }];

/** The tagging API finds what one API has made and tagged; Cloud Control reads what a stack has made. */
export const tagSearch: Probes = {
  'tag search: ec2': (context) =>
    isNotFound(context, 'ec2', async ({ ec2 }) => {
      await ec2.createVpc({ CidrBlock: '10.1.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] });
    }),
  'tag search: secretsmanager': (context) =>
    isNotFound(context, 'secretsmanager', ({ secrets }) =>
      secrets.createSecret({ Name: unique('secret'), SecretString: '{}', Tags }),
    ),
  'tag search: ssm': (context) =>
    isNotFound(context, 'ssm', ({ ssm }) =>
      ssm.putParameter({ Name: `/${unique('parameter')}`, Type: 'String', Value: 'probe', Tags }),
    ),
  'tag search: logs': (context) =>
    isNotFound(context, 'logs', ({ logs }) =>
      logs.createLogGroup({ logGroupName: unique('group'), tags: { Project: 'probe' } }),
    ),
  'tag search: cloudwatch': (context) =>
    isNotFound(context, 'cloudwatch', ({ cloudWatch }) =>
      cloudWatch.putMetricAlarm({
        AlarmName: unique('alarm'),
        Namespace: 'Probe',
        MetricName: 'Probe',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Tags,
      }),
    ),
  'cloud control': async (context) => {
    const name = await createOne(context, 'AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Tags });
    const read = (Identifier: string) =>
      context.cloudControl.getResource({ TypeName: 'AWS::Events::Rule', Identifier }).catch(() => undefined);
    const properties = (await read(name))?.ResourceDescription?.Properties ?? '{}';
    const isRead = JSON.parse(properties).Tags?.some(({ Value }: { Value: string }) => Value === 'probe');
    return !isRead || (await read(`${name}-other`)) !== undefined;
  },
};

async function isNotFound(
  context: ProbeContext,
  service: string,
  create: (context: ProbeContext) => Promise<unknown>,
): Promise<boolean> {
  await create(context);
  const found = await context.tagging.getResources({ TagFilters: [{ Key: 'Project', Values: ['probe'] }] });
  const arns = (found.ResourceTagMappingList ?? []).map(({ ResourceARN = '' }) => ResourceARN);
  return !arns.some((arn) => arn.startsWith(`arn:aws:${service}:`));
}
