import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { published } from '../../account/published';
import { resourcesOf } from '../../account/stack-resources';
import { parseStageStackName } from '../../stacks/stack-names';

/** Something that an IAM role may do, or may not. */
export interface Right {
  /** What the IAM role is called in messages. */
  readonly role: string;
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly isWanted: boolean;
}

/** What the rights are about. */
interface Resources {
  readonly umamiSecret: string;
  readonly adminSecret: string;
  readonly bucket: string;
  readonly recordings: string;
  readonly logs: string;
}

type Actions = readonly (readonly [action: string, resource: keyof Resources | '*'])[];

/** What no IAM role of the foundation may do: read others' data, change others' things, get further rights. */
const REFUSED_TO_ALL: Actions = [
  ['iam:CreateAccessKey', '*'],
  ['iam:PutRolePolicy', '*'],
  ['sts:AssumeRole', '*'],
  ['lambda:InvokeFunction', '*'],
  ['rds:ModifyDBCluster', '*'],
  ['budgets:ModifyBudget', '*'],
  ['s3:DeleteBucketPolicy', 'bucket'],
  ['s3:PutLifecycleConfiguration', 'bucket'],
  ['secretsmanager:DeleteSecret', 'umamiSecret'],
  ['secretsmanager:PutSecretValue', 'adminSecret'],
];
const RECORDINGS: Actions = [
  ['s3:GetObject', 'recordings'],
  ['s3:PutObject', 'recordings'],
];
const READ_UMAMI_SECRET: Actions = [['secretsmanager:GetSecretValue', 'umamiSecret']];
const READ_ADMIN_SECRET: Actions = [['secretsmanager:GetSecretValue', 'adminSecret']];

/** What each IAM role is for, and what it is not for. */
const RIGHTS: { readonly [role: string]: { readonly may: Actions; readonly mayNot: Actions } } = {
  'task execution': {
    may: [...READ_UMAMI_SECRET, ['logs:PutLogEvents', 'logs']],
    mayNot: [...READ_ADMIN_SECRET, ...RECORDINGS, ['secretsmanager:PutSecretValue', 'umamiSecret']],
  },
  'Umami task': { may: [], mayNot: [...READ_UMAMI_SECRET, ...READ_ADMIN_SECRET, ...RECORDINGS] },
  'OpenReplay task': {
    may: [...RECORDINGS, ['s3:ListBucket', 'bucket']],
    mayNot: [...READ_UMAMI_SECRET, ...READ_ADMIN_SECRET],
  },
  Grafana: {
    may: [
      ['cloudwatch:GetMetricData', '*'],
      ['logs:DescribeLogGroups', '*'],
    ],
    mayNot: [
      ...READ_UMAMI_SECRET,
      ...READ_ADMIN_SECRET,
      ...RECORDINGS,
      ['cloudwatch:DeleteAlarms', '*'],
      ['cloudwatch:PutMetricData', '*'],
    ],
  },
  'database function': { may: [...READ_UMAMI_SECRET, ...READ_ADMIN_SECRET], mayNot: RECORDINGS },
};

/** The rights of every IAM role in the stage, with the resources that they are about. */
export async function wantedRights(deployed: DeployedStage): Promise<Right[]> {
  const umamiSecret = await published(deployed, 'database/secret-arn');
  const bucketName = await published(deployed, 'storage/replay-bucket-name');
  const [, partition = 'aws'] = umamiSecret.split(':');
  const bucket = `arn:${partition}:s3:::${bucketName}`;
  const resources: Resources = {
    umamiSecret,
    adminSecret: stageOf(deployed).database.adminSecretArn,
    bucket,
    recordings: `${bucket}/sessions/1`,
    logs: `arn:${partition}:logs:${deployed.region}:${deployed.id}:log-group:/user-metrics/umami:log-stream:1`,
  };
  const arns: { readonly [role: string]: string } = {
    'task execution': await published(deployed, 'access/task-execution-role-arn'),
    'Umami task': await published(deployed, 'access/umami-task-role-arn'),
    'OpenReplay task': await published(deployed, 'access/openreplay-task-role-arn'),
    Grafana: await published(deployed, 'access/grafana-role-arn'),
    'database function': `arn:${partition}:iam::${deployed.id}:role/${await databaseFunctionRole(deployed)}`,
  };
  return Object.entries(RIGHTS).flatMap(([role, { may, mayNot }]) => {
    const rights = (actions: Actions, isWanted: boolean) =>
      actions.map(([action, of]): Right => {
        const resource = of === '*' ? '*' : resources[of];
        return { role, roleArn: arns[role] ?? '', action, resource, isWanted };
      });
    return [...rights(may, true), ...rights([...mayNot, ...REFUSED_TO_ALL], false)];
  });
}

/** Name of the IAM role of the function that provisions the schema. */
async function databaseFunctionRole(deployed: DeployedStage): Promise<string> {
  const roles = await resourcesOf(deployed, 'AWS::IAM::Role');
  const found = roles.find(
    ({ stack, logicalId }) =>
      parseStageStackName(stack)?.concern === 'Database' && logicalId.startsWith('UmamiDatabaseFunction'),
  );
  return found?.physicalId ?? '';
}
