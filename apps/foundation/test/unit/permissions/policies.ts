/** A policy document as it is written to a file. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}

/** Actions that people need only to change something: these are not in the policy of the reading commands. */
const CHANGING = ['sns:Publish', 'sns:Subscribe'];
/** Needs no permission. */
const FREE = ['sts:GetCallerIdentity'];
/** The value of one secret: a policy for all of them would be no least privilege. */
const SECRET = 'secretsmanager:GetSecretValue';

const STACKS = 'arn:aws:cloudformation:*:*:stack/UserMetrics-*/*';
/** Reading by path is of the path itself. */
const PARAMETERS = [
  'arn:aws:ssm:*:*:parameter/user-metrics/*',
  'arn:aws:ssm:*:*:parameter/cdk-bootstrap',
  'arn:aws:ssm:*:*:parameter/cdk-bootstrap/*',
];

/**
 * The function that reads the database. CloudFormation names it, in 64 characters: of a stack name and a logical id
 * that are longer together it keeps 25 of each, so that neither is there to its end.
 */
const VERIFICATION_FUNCTION = 'arn:aws:lambda:*:*:function:UserMetrics-*-UmamiDatabaseVerif*';

/** Actions that are narrowed to resources; the others read descriptions of whatever the application has. */
const RESOURCES: { readonly [action: string]: string | readonly string[] } = {
  'cloudformation:DescribeStackResources': STACKS,
  'cloudformation:DescribeStacks': STACKS,
  'cloudformation:GetTemplate': STACKS,
  'cloudformation:ListStackResources': STACKS,
  'lambda:InvokeFunction': VERIFICATION_FUNCTION,
  'ssm:GetParameter': PARAMETERS,
  'ssm:GetParameters': PARAMETERS,
  'ssm:GetParametersByPath': PARAMETERS,
};

const policy = (Statement: Policy['Statement']): Policy => ({ Version: '2012-10-17', Statement });

/** The policy for the commands that read. */
export function readOnly(actions: readonly string[]): Policy {
  const wanted = actions.filter((action) => ![...CHANGING, ...FREE, SECRET].includes(action));
  const narrowed = wanted.filter((action) => action in RESOURCES);
  const places = [...new Set(narrowed.map((action) => JSON.stringify(RESOURCES[action])))];
  return policy([
    { Sid: 'Read', Effect: 'Allow', Action: wanted.filter((action) => !(action in RESOURCES)), Resource: '*' },
    ...places.map((place) => {
      const [first = '', ...others] = narrowed.filter((action) => JSON.stringify(RESOURCES[action]) === place);
      const service = first.split(':')[0] ?? '';
      const Sid = `Read${service.charAt(0).toUpperCase()}${service.slice(1)}`;
      return { Sid, Effect: 'Allow' as const, Action: [first, ...others], Resource: JSON.parse(place) };
    }),
  ]);
}

/** What diff, deploy, destroy and alert-test need besides: the CDK CLI works through the IAM roles of the bootstrap. */
export const DEPLOY = policy([
  { Sid: 'UseBootstrapRoles', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: 'arn:aws:iam::*:role/cdk-*' },
  { Sid: 'SendTestAlerts', Effect: 'Allow', Action: CHANGING, Resource: 'arn:aws:sns:*:*:UserMetrics-*' },
]);

/** The administrator's secret, by the ARN of the configuration. */
export const ADMIN_SECRET = policy([
  {
    Sid: 'ReadAdminSecret',
    Effect: 'Allow',
    Action: [SECRET],
    Resource: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:application-admin-a1B2c3',
  },
]);

/** Whether one of the policies allows an action, whatever the resource. */
export function allows(policies: readonly Policy[], action: string): boolean {
  return (
    FREE.includes(action) || policies.some(({ Statement }) => Statement.some((one) => one.Action.includes(action)))
  );
}

/** What each command asks, as a table for the documentation. */
export function table(commands: { readonly [command: string]: readonly string[] }): string {
  const rows = Object.entries(commands).map(([command, actions]) => {
    const services = [...new Set(actions.map((action) => action.split(':')[0] ?? ''))];
    const texts = services.map((service) => {
      const names = actions.filter((action) => action.startsWith(`${service}:`)).map((action) => action.split(':')[1]);
      return `${service}: ${names.join(', ')}`;
    });
    return `| \`${command}\` | ${texts.join('<br>')} |`;
  });
  return ['| command | calls |', '|---|---|', ...rows].join('\n');
}
