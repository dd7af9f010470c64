import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, listOf, objectWith, optional, type Rules, text } from '@user-metrics/tagging/props';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import { type IRole, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { IAM_ROLE_RULES, type IamRoleProps } from './iam-role-props';
import { publishedRole } from './published-role';
import { ecsTaskTrust } from './service-trust';

/** Props of {@link TaskExecutionRole}. */
export interface TaskExecutionRoleProps extends IamRoleProps {
  /**
   * Start of the names of the log groups that tasks write to.
   *
   * @default '/user-metrics/'
   */
  readonly logGroupPrefix?: string;
  /**
   * Secrets that containers get as environment variables: exactly these are read, and decrypted where they have a
   * customer's key. A secret in a stack that depends on this one gets a policy of its own there instead.
   *
   * @default - none
   */
  readonly secrets?: readonly ISecret[];
}

const RULES: Rules<TaskExecutionRoleProps> = {
  ...IAM_ROLE_RULES,
  logGroupPrefix: optional(
    text('the start of the names of log groups', 'Give for example /user-metrics/.', /^[.\-_/#A-Za-z0-9]{1,512}$/),
  ),
  secrets: optional(
    listOf(objectWith('secretArn', 'a list of secrets', 'Give for example [Secret.fromSecretCompleteArn(…)].')),
  ),
};

/**
 * IAM role with which ECS starts tasks: pulls images from this account's registry and writes logs. Narrower than the
 * managed policy AmazonECSTaskExecutionRolePolicy, which reaches every repository and log group.
 *
 * It reads no secret but those that are named.
 *
 * @example
 * new TaskExecutionRole(stack, 'TaskExecutionRole');
 */
export class TaskExecutionRole extends Role {
  /** @throws Error for a prefix that is none of a log group, and for what are no secrets */
  constructor(scope: Construct, id: string, props: TaskExecutionRoleProps = {}) {
    checkProps(props, RULES, Error);
    const { logGroupPrefix = '/user-metrics/', secrets = [], ...ofRole } = props;
    super(scope, id, {
      ...ofRole,
      assumedBy: ecsTaskTrust(scope),
      description: 'Starts the tasks of Umami and OpenReplay',
      inlinePolicies: {
        PullImagesAndWriteLogs: pullImagesAndWriteLogs(Stack.of(scope), logGroupPrefix),
        ...(secrets.length > 0 ? { ReadSecrets: readSecrets(Stack.of(scope), secrets) } : {}),
      },
    });
    applyComponentTags(this, 'infrastructure', { Function: 'Compute' });
  }

  /**
   * The IAM role that a deployed stage of the foundation publishes. Nothing can be granted to it here: the stage did so.
   *
   * @throws Error for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IRole {
    return publishedRole(scope, id, props, 'access/task-execution-role-arn');
  }
}

function pullImagesAndWriteLogs({ partition, region, account }: Stack, logGroupPrefix: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        // The action has no resource type (Service Authorization Reference, Amazon ECR).
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': region } },
      }),
      new PolicyStatement({
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: [`arn:${partition}:ecr:${region}:${account}:repository/*`],
      }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroupPrefix}*`],
      }),
    ],
  });
}

function readSecrets({ region, urlSuffix }: Stack, secrets: readonly ISecret[]): PolicyDocument {
  const keys = secrets.flatMap(({ encryptionKey }) => encryptionKey?.keyArn ?? []);
  const decrypt = new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [...new Set(keys)],
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` } },
  });
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: secrets.map(({ secretFullArn, secretArn }) => secretFullArn ?? `${secretArn}-??????`),
      }),
      ...(keys.length > 0 ? [decrypt] : []),
    ],
  });
}
