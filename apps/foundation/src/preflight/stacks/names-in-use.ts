import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListTopics } from '@aws-sdk/client-sns';
import { mapBounded } from '../../account/bounded';
import type { Clients } from '../../account/clients';
import { all } from '../../account/pages';
import { orNone } from '../check';

/** A type of resource whose name a template can give. */
interface NamedType {
  /** The property with the name. */
  readonly property: string;
  /** Of some names, those that are in use; or all that are. */
  inUse(aws: Clients, names: readonly string[]): Promise<readonly string[]>;
  /** The command of the AWS CLI that shows the resource of a name. */
  readonly show: (name: string) => string;
}

/** Types with fixed names in the stacks. Names of others are left to CloudFormation. */
export const NAMED_TYPES: { readonly [type: string]: NamedType } = {
  'AWS::SSM::Parameter': {
    property: 'Name',
    show: (name) => `ssm get-parameter --name ${name}`,
    async inUse({ ssm }, names) {
      // Ten a call.
      const parts = names.flatMap((_, index) => (index % 10 === 0 ? [names.slice(index, index + 10)] : []));
      const found = await mapBounded(parts, (Names) => ssm.getParameters({ Names }));
      return found.flatMap(({ Parameters = [] }) => Parameters.map(({ Name = '' }) => Name));
    },
  },
  'AWS::S3::Bucket': {
    property: 'BucketName',
    show: (name) => `s3api get-bucket-tagging --bucket ${name}`,
    async inUse({ s3 }, names) {
      const found = await mapBounded(names, async (Bucket) => {
        const { $metadata } = await orNone(s3.headBucket({ Bucket }));
        return $metadata ? [Bucket] : [];
      });
      return found.flat();
    },
  },
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    show: (name) => `logs describe-log-groups --log-group-name-prefix ${name}`,
    async inUse({ logs }, names) {
      const found: string[] = [];
      for (const logGroupNamePrefix of names)
        for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix }))
          found.push(...logGroups.flatMap(({ logGroupName }) => logGroupName ?? []));
      return found;
    },
  },
  'AWS::SNS::Topic': {
    property: 'TopicName',
    show: (name) => `sns list-topics --query "Topics[?ends_with(TopicArn, ':${name}')]"`,
    async inUse({ sns }) {
      const topics = await all(paginateListTopics({ client: sns }, {}), ({ Topics }) => Topics);
      return topics.flatMap(({ TopicArn }) => TopicArn?.split(':').at(-1) ?? []);
    },
  },
};
