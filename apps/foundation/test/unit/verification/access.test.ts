import { CONTRACT } from '@user-metrics/sst/contract';
import { iamRoles } from '../../../src/verification/access/iam-roles';
import { publishedValues } from '../../../src/verification/access/published-parameters';
import { ACCOUNT, testCriterion } from './criterion-cases';

const TASKS = 'ecs-tasks.amazonaws.com';
const trust = {
  Effect: 'Allow',
  Principal: { Service: TASKS },
  Action: 'sts:AssumeRole',
  Condition: {
    StringEquals: { 'aws:SourceAccount': ACCOUNT },
    ArnLike: { 'aws:SourceArn': `arn:aws:ecs:eu-central-1:${ACCOUNT}:*` },
  },
};
const right = (action: string, isWanted: boolean, isAllowed = isWanted) => ({
  role: 'Umami task',
  roleArn: 'arn',
  action,
  resource: '*',
  isWanted,
  isAllowed,
});
const roles = {
  roles: [{ name: 'umami', service: TASKS, trust: [trust] }],
  rights: [right('s3:GetObject', true), right('iam:PutRolePolicy', false)],
  secretPolicy: [],
  telemetryPolicy: { name: 'telemetry', attachments: 0 },
};
const trusted = (...statements: (typeof trust | Omit<typeof trust, 'Condition'>)[]) => ({
  ...roles,
  roles: [{ name: 'umami', service: TASKS, trust: statements }],
});
const { Condition, ...unconditional } = trust;
const federated = { Service: TASKS, Federated: 'cognito-identity.amazonaws.com' };

testCriterion(iamRoles, roles, {
  'a role without conditions': {
    observed: trusted(unconditional),
    says: ['umami may be assumed for account of anybody', 'umami may be assumed for any resource'],
  },
  'a role for another account': {
    observed: trusted({
      ...trust,
      Condition: {
        StringEquals: { 'aws:SourceAccount': '444455556666' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:eu-central-1:444455556666:*' },
      },
    }),
    says: [
      'umami may be assumed for account 444455556666',
      'umami may be assumed for arn:aws:ecs:eu-central-1:444455556666:*',
    ],
  },
  'a role for another service': {
    observed: trusted({ ...trust, Principal: { Service: 'ec2.amazonaws.com' } }),
    says: [`umami is trusted by ec2.amazonaws.com instead of ${TASKS}`],
  },
  'a role that a second principal may assume too': {
    observed: trusted({ ...trust, Principal: federated }),
    says: [`umami is trusted by ${TASKS}, cognito-identity.amazonaws.com instead of ${TASKS}`],
  },
  'a role that nobody may assume': {
    observed: trusted({ ...trust, Effect: 'Deny' }),
    says: [`umami is trusted by nobody instead of ${TASKS}`],
  },
  'a role with a right that it is not for, and without one that it is for': {
    observed: { ...roles, rights: [right('s3:GetObject', true, false), right('iam:PutRolePolicy', false, true)] },
    says: ['the Umami task role may not s3:GetObject on *', 'the Umami task role may iam:PutRolePolicy on *'],
  },
  "somebody is let in by the policy of Umami's secret": {
    observed: {
      ...roles,
      secretPolicy: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: '*' },
        { Effect: 'Deny', Principal: '*', Action: '*' },
      ],
    },
    says: ["the policy of Umami's secret lets arn:aws:iam::111122223333:root in"],
  },
  'the telemetry policy is attached to a role of the foundation': {
    observed: { ...roles, telemetryPolicy: { name: 'telemetry', attachments: 1 } },
    says: ['the telemetry policy is attached 1 times, and not by its user'],
  },
});

const TAGS = { Project: 'x', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'x', Owner: 'x' };
const parameters = Object.entries(CONTRACT).map(([name, { type }]) => ({
  name: `/user-metrics/dev/${name}`,
  type,
  value: name === 'tags' ? JSON.stringify(TAGS) : 'x',
}));
const withValue = (name: string, value: string) =>
  parameters.map((one) => (one.name === `/user-metrics/dev/${name}` ? { ...one, value } : one));

testCriterion(publishedValues, parameters, {
  'a parameter that the contract does not list': {
    observed: [...parameters, { name: '/user-metrics/dev/network/nat-gateway-id', type: 'String', value: 'nat-1' }],
    says: ['/user-metrics/dev has network/nat-gateway-id (String) too'],
  },
  'a parameter that is gone': {
    observed: parameters.filter(({ name }) => !name.endsWith('schema-name')),
    says: ['/user-metrics/dev lacks database/schema-name (String)'],
  },
  'a parameter without a value': {
    observed: withValue('network/vpc-id', ''),
    says: ['/user-metrics/dev/network/vpc-id is empty'],
  },
  'published tags without the required ones': {
    observed: withValue('tags', JSON.stringify({ ManagedBy: 'CDK', CostCenter: 'x', Owner: 'x' })),
    says: ['the published tags lack Project', 'the published tags lack Environment'],
  },
});
