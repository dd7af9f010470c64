import { type ContractName, parameterName } from '@user-metrics/sst/contract';
import type { Account } from '../../../lib/src/account/account';
import { published } from '../../../lib/src/account/published';
import type { Case, Restore } from './case';

/** Publishes another value. */
export async function overwritten(account: Account, name: ContractName, Value: string): Promise<Restore> {
  const before = await published(account, name);
  const put = (value: string) =>
    account.aws.ssm.putParameter({ Name: parameterName(account.stage, name), Value: value, Overwrite: true });
  await put(Value);
  return () => put(before);
}

/** What the SST side reads. */
export const CONTRACT_CASES: readonly Case[] = [
  {
    id: '1.1.AC7',
    what: 'a parameter that the contract does not list',
    broken: async ({ aws, stage }) => {
      const Name = `/user-metrics/${stage}/network/nat-gateway-id`;
      await aws.ssm.putParameter({ Name, Type: 'String', Value: 'nat-1' });
      return () => aws.ssm.deleteParameter({ Name });
    },
    says: /^\/user-metrics\/dev has network\/nat-gateway-id \(String\) too$/,
  },
  {
    id: '1.1.AC7',
    what: 'a parameter that is gone',
    broken: async ({ aws, stage, config }) => {
      const Name = `/user-metrics/${stage}/database/schema-name`;
      const { Parameter } = await aws.ssm.getParameter({ Name });
      const { TagList: Tags } = await aws.ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId: Name });
      await aws.ssm.deleteParameter({ Name });
      const Value = Parameter?.Value ?? config.foundation.tags.project;
      return () => aws.ssm.putParameter({ Name, Type: 'String', Value, Tags });
    },
    says: /^\/user-metrics\/dev lacks database\/schema-name \(String\)$/,
    // It is a resource with tags.
    touches: ['1.1.AC5', '1.1.AC6', '1.4.AC2'],
  },
  {
    id: '1.1.AC7',
    what: 'published tags without the required ones',
    broken: (account) => overwritten(account, 'tags', '{}'),
    says: /^the published tags lack Project; the published tags lack Environment/,
  },
];
