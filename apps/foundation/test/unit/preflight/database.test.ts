import { adminSecret } from '../../../src/preflight/database/admin-secret';
import { cluster } from '../../../src/preflight/database/cluster';
import { owner } from '../../../src/preflight/database/owner';
import { planned, testCheck, VPC } from './planned';

const HOST = 'application.cluster-c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com';
const GROUP = 'sg-0a1b2c3d4e5f60718';
const found = {
  identifier: 'application',
  engine: 'aurora-postgresql',
  engineVersion: '16.6',
  status: 'available',
  endpoint: HOST,
  customEndpoints: [],
  port: 5432,
  securityGroupIds: [GROUP, 'sg-2'],
  vpcId: VPC,
  subnetIds: [],
  tags: [],
};
const named = (host: string) => planned(({ database }) => Object.assign(database, { host }));
const instance = HOST.replace('application.cluster-', 'writer.');

testCheck(cluster, [
  ['as the configuration says', found, ['ok']],
  ['a host in other letters', found, ['ok'], named(HOST.toUpperCase())],
  ['none', undefined, ['failure: There is no cluster application in eu-central-1']],
  ['MySQL', { ...found, engine: 'aurora-mysql' }, ['failure: The engine is aurora-mysql']],
  ['PostgreSQL 12', { ...found, engineVersion: '12.22' }, ['failure: PostgreSQL is 12.22']],
  [
    'PostgreSQL 19',
    { ...found, engineVersion: '19.1' },
    ['warning: PostgreSQL 19.1 was not tested; these were: 14, 15, 16, 17, 18'],
  ],
  [
    'an instance instead of the cluster',
    found,
    [`failure: The writer endpoint is ${HOST}: the configuration says host ${instance}`],
    named(instance),
  ],
  [
    'a name of its own',
    found,
    [`warning: database.internal is not the writer endpoint ${HOST}: it must lead to the writer always`],
    named('database.internal'),
  ],
  [
    'another port, VPC and security group, and stopped',
    { ...found, port: 5433, vpcId: 'vpc-2', securityGroupIds: ['sg-2'], status: 'stopped' },
    [
      'failure: The port is 5433: the configuration says port 5432',
      `failure: The cluster is in vpc-2: the configuration says vpcId ${VPC}`,
      `failure: The cluster has the security groups sg-2: the configuration says securityGroupId ${GROUP}`,
      'warning: The cluster is stopped',
    ],
  ],
]);

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:application-admin-a1B2c3';
testCheck(adminSecret, [
  ['as RDS writes it', { exists: true, keys: ['username', 'password'] }, ['ok']],
  ['none', { exists: false }, [`failure: There is no secret ${ARN}`]],
  ['to be deleted', { exists: true, isDeleted: true }, [`failure: ${ARN} is to be deleted`]],
  ['no password', { exists: true, keys: ['username', 'host'] }, ['failure: The secret has no password']],
  ['no JSON', { exists: true }, ['failure: The secret is no JSON object']],
  [
    'a customer key that the configuration does not name',
    { exists: true, keys: ['username', 'password'], kmsKeyId: KEY },
    [`failure: The secret is encrypted with ${KEY}, and the database function gets no right to decrypt with it`],
  ],
  [
    'one that it names',
    { exists: true, keys: ['username', 'password'], kmsKeyId: KEY },
    ['ok'],
    planned(({ database }) => Object.assign(database, { adminSecretKmsKeyArn: KEY })),
  ],
]);

const tag = (Key: string, Value = 'x') => [{ Key, Value }];
const of = (name: string) => planned(({ database }) => Object.assign(database, { owner: name }));
const says = (guess: string, stated: string) => `${GROUP} has tags of ${guess}, and the configuration says ${stated}`;
testCheck(owner, [
  ['none', { securityGroup: [] }, ['ok']],
  ['SST', { securityGroup: tag('sst:app') }, ['ok'], of('sst')],
  ['Terraform, by no tag', { securityGroup: [] }, ['ok'], of('terraform')],
  ['no such group', {}, [`failure: There is no ${GROUP} in eu-central-1`]],
  [
    'CloudFormation reverts',
    { securityGroup: tag('aws:cloudformation:stack-name') },
    [`failure: ${says('cloudformation', 'none')}`],
  ],
  ['SST reverts', { securityGroup: tag('sst:stage') }, [`failure: ${says('sst', 'none')}`]],
  ['SST, by its cluster', { securityGroup: [], cluster: tag('sst:app') }, [`failure: ${says('sst', 'none')}`]],
  ['people say Terraform', { securityGroup: tag('ManagedBy', 'Terraform') }, [`warning: ${says('terraform', 'none')}`]],
  ['another tool', { securityGroup: tag('sst:app') }, [`warning: ${says('sst', 'terraform')}`], of('terraform')],
]);
