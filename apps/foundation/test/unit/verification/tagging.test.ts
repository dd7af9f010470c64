import { type ObservedTags, resourceTags } from '../../../src/verification/tagging/resource-tags';
import { tagSearch } from '../../../src/verification/tagging/tag-search';
import { testCriterion } from './criterion-cases';

const TAGS = {
  Project: 'UserMetrics',
  Environment: 'dev',
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform-team',
};
const { Owner, ...withoutOwner } = TAGS;
const { CostCenter, ...withoutCostCenter } = TAGS;
const role = { type: 'AWS::IAM::Role', physicalId: 'grafana', tags: TAGS };
const bucket = { type: 'AWS::S3::Bucket', physicalId: 'recordings', tags: TAGS };

const tagged = (...resources: ObservedTags[]) => ({ resources });

testCriterion(resourceTags, tagged(role, bucket), {
  'a role without an owner': {
    observed: tagged({ ...role, tags: withoutOwner }, bucket),
    says: ['AWS::IAM::Role grafana lacks Owner'],
  },
  'a bucket without a cost center': {
    observed: tagged(role, { ...bucket, tags: withoutCostCenter }),
    says: ['AWS::S3::Bucket recordings lacks CostCenter'],
  },
  'a value that the schema does not allow': {
    observed: tagged({ ...role, tags: { ...TAGS, Environment: 'moon' } }, bucket),
    says: ['grafana has a Environment that the schema does not allow'],
  },
  'a resource without any tag': {
    observed: tagged({ ...role, tags: {} }),
    says: ['AWS::IAM::Role grafana lacks Project, Environment, ManagedBy, CostCenter, Owner'],
  },
});

const parameter = 'arn:aws:ssm:eu-central-1:111122223333:parameter/user-metrics/dev/tags';
const address = 'arn:aws:ec2:eu-central-1:111122223333:elastic-ip/eipalloc-1';
const search = {
  found: [parameter, address].map((arn) => ({ arn, tags: TAGS })),
  searched: [
    { type: 'AWS::SSM::Parameter', physicalId: '/user-metrics/dev/tags', name: '/user-metrics/dev/tags' },
    { type: 'AWS::EC2::EIP', physicalId: '203.0.113.7', name: 'eipalloc-1' },
  ],
};

testCriterion(tagSearch, search, {
  'a resource of the project, outside of the stacks, without the other tags': {
    observed: {
      ...search,
      found: [...search.found, { arn: 'arn:aws:ssm:x:y:parameter/elsewhere', tags: { Project: 'UserMetrics' } }],
    },
    says: ['arn:aws:ssm:x:y:parameter/elsewhere lacks Environment, ManagedBy, CostCenter, Owner'],
  },
  'a resource that the search does not find': {
    observed: { ...search, found: search.found.slice(1) },
    says: ['AWS::SSM::Parameter /user-metrics/dev/tags is not found'],
  },
  'an address is found by its allocation': {
    observed: { ...search, found: search.found.slice(0, 1) },
    says: ['AWS::EC2::EIP 203.0.113.7 is not found'],
  },
});
