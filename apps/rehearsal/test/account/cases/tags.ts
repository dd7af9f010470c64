import type { Account } from '../../../lib/src/account/account';
import { published } from '../../../lib/src/account/published';
import type { Case, Restore } from './case';
import { roleOf } from './roles';

/** Leaves a role without one of its tags, or with another value. */
export async function withRoleTag({ aws }: Account, RoleName: string, Key: string, value?: string): Promise<Restore> {
  const { Tags } = await aws.iam.listRoleTags({ RoleName });
  if (value === undefined) await aws.iam.untagRole({ RoleName, TagKeys: [Key] });
  else await aws.iam.tagRole({ RoleName, Tags: [{ Key, Value: value }] });
  return () => aws.iam.tagRole({ RoleName, Tags: Tags?.filter((tag) => tag.Key === Key) });
}

/** Tags of our resources. */
export const TAGS: readonly Case[] = [
  {
    id: '1.1.AC5',
    what: 'a role without an owner',
    broken: async (account) => withRoleTag(account, await roleOf(account, 'grafana'), 'Owner'),
    says: /^AWS::IAM::Role \S+ lacks Owner$/,
  },
  {
    id: '1.1.AC5',
    what: 'a value that the schema does not allow',
    broken: async (account) => withRoleTag(account, await roleOf(account, 'grafana'), 'Environment', 'moon'),
    says: /has a Environment that the schema does not allow$/,
  },
  {
    id: '1.1.AC5',
    what: 'a bucket without a cost center',
    broken: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await published(account, 'storage/replay-bucket-name');
      const { TagSet = [] } = await s3.getBucketTagging({ Bucket });
      const put = (tags: typeof TagSet) => s3.putBucketTagging({ Bucket, Tagging: { TagSet: tags } });
      await put(TagSet.filter(({ Key }) => Key !== 'CostCenter'));
      return () => put(TagSet);
    },
    says: /^AWS::S3::Bucket \S+ lacks CostCenter$/,
    // Tag search sees it too.
    touches: ['1.1.AC6'],
  },
  {
    id: '1.1.AC6',
    what: 'a resource of the project, outside of the stacks, without the other tags',
    broken: async ({ aws, config }) => {
      const Name = '/elsewhere';
      const Tags = [{ Key: 'Project', Value: config.foundation.tags.project }];
      await aws.ssm.putParameter({ Name, Type: 'String', Value: 'x', Tags });
      return () => aws.ssm.deleteParameter({ Name });
    },
    says: /elsewhere lacks Environment, ManagedBy, CostCenter, Owner$/,
  },
  {
    id: '1.1.AC6',
    what: 'a resource that the search does not find',
    broken: async ({ aws, stage }) => {
      const place = { ResourceType: 'Parameter', ResourceId: `/user-metrics/${stage}/tags` } as const;
      const { TagList = [] } = await aws.ssm.listTagsForResource(place);
      await aws.ssm.removeTagsFromResource({ ...place, TagKeys: ['Project'] });
      return () => aws.ssm.addTagsToResource({ ...place, Tags: TagList.filter(({ Key }) => Key === 'Project') });
    },
    says: /^AWS::SSM::Parameter \S+ is not found$/,
    touches: ['1.1.AC5', '1.4.AC2'],
  },
];
