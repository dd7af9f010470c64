import { TaskExecutionRole, UmamiTaskRole } from '@user-metrics/access';
import { FOR_TASKS } from '@user-metrics/sst/contract';
import { UmamiDatabase } from '@user-metrics/umami-db';
import {
  ContainerDependencyCondition,
  ContainerImage,
  FargateTaskDefinition,
  LogDrivers,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';

interface UmamiTaskProps {
  readonly stage: string;
  /** Digest of the image. */
  readonly digest: string;
}

const FOLDER = '/certificates';

/** The image has no CA certificates of Amazon RDS. */
const DOWNLOAD = `
  const url = 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem';
  const answer = await fetch(url, { signal: AbortSignal.timeout(30000) });
  if (!answer.ok) throw new Error(url + ' answers ' + answer.status);
  (await import('node:fs')).writeFileSync('${FOLDER}/rds.pem', await answer.text());`;

/** One task of Umami: 0.5 vCPU and 1 GB, with the IAM roles of the foundation. */
export function umamiTask(stack: Stack, { stage, digest }: UmamiTaskProps): FargateTaskDefinition {
  const task = new FargateTaskDefinition(stack, 'Task', {
    cpu: 512,
    memoryLimitMiB: 1024,
    executionRole: TaskExecutionRole.fromPublishedContract(stack, 'TaskExecutionRole', { stage }),
    taskRole: UmamiTaskRole.fromPublishedContract(stack, 'TaskRole', { stage }),
    volumes: [{ name: 'certificates' }],
  });
  const logGroup = new LogGroup(stack, 'Logs', {
    logGroupName: `${FOR_TASKS.logGroupPrefix}${stage}/umami`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const common = {
    image: ContainerImage.fromRegistry(`ghcr.io/umami-software/umami:3.4.1@${digest}`),
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'umami' }),
  };
  // It ends before Umami starts. The volume belongs to root, so root writes it.
  const certificates = task.addContainer('Certificates', {
    ...common,
    essential: false,
    user: '0',
    readonlyRootFilesystem: true,
    entryPoint: ['node', '--input-type=module', '--eval', DOWNLOAD],
  });
  const { secret } = UmamiDatabase.fromPublishedContract(stack, 'Database', { stage });
  const umami = task.addContainer('Umami', {
    ...common,
    portMappings: [{ containerPort: FOR_TASKS.umamiPort }],
    environment: {
      NODE_EXTRA_CA_CERTS: `${FOLDER}/rds.pem`,
      CLIENT_IP_HEADER: 'x-client-ip',
      // The foundation migrates the schema; Prisma's own program would not verify the certificate of the database.
      SKIP_DB_MIGRATION: '1',
      DISABLE_TELEMETRY: '1',
    },
    secrets: {
      DATABASE_URL: Secret.fromSecretsManager(secret, 'DATABASE_URL'),
      APP_SECRET: Secret.fromSecretsManager(secret, 'APP_SECRET'),
      TWO_FACTOR_ENCRYPTION_KEY: Secret.fromSecretsManager(secret, 'TWO_FACTOR_ENCRYPTION_KEY'),
    },
  });
  certificates.addMountPoints({ sourceVolume: 'certificates', containerPath: FOLDER, readOnly: false });
  umami.addMountPoints({ sourceVolume: 'certificates', containerPath: FOLDER, readOnly: true });
  umami.addContainerDependencies({ container: certificates, condition: ContainerDependencyCondition.SUCCESS });
  return task;
}
