import {
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { all } from '../../account/pages';
import { byId, type Kind, type Service } from '../kind';
import { orUnknown } from '../or-unknown';

const pageSize = 100;

const groups: Kind = {
  name: 'security group',
  type: 'AWS::EC2::SecurityGroup',
  read: async ({ aws: { ec2: client } }) => {
    const found = await all(paginateDescribeSecurityGroups({ client, pageSize }, {}), (page) => page.SecurityGroups);
    const rules = await orUnknown(() =>
      all(paginateDescribeSecurityGroupRules({ client, pageSize }, {}), (page) => page.SecurityGroupRules),
    );
    return found.map(({ IpPermissions, IpPermissionsEgress, ...group }) => {
      const rulesOf = (isEgress: boolean) =>
        Array.isArray(rules)
          ? byId(
              rules.filter(({ GroupId, IsEgress }) => GroupId === group.GroupId && Boolean(IsEgress) === isEgress),
              (rule) => [rule.SecurityGroupRuleId, ruleInWords(rule)],
            )
          : rules;
      return { id: String(group.GroupId), properties: { ...group, inbound: rulesOf(false), outbound: rulesOf(true) } };
    });
  },
};

export const securityGroups: Service = { name: 'security groups', kinds: [groups] };

/** Such as `tcp 5432 from sg-1`. */
function ruleInWords(rule: SecurityGroupRule): string {
  const {
    IpProtocol = '',
    FromPort = -1,
    ToPort = -1,
    IsEgress,
    CidrIpv4,
    CidrIpv6,
    PrefixListId,
    ReferencedGroupInfo,
  } = rule;
  const traffic =
    IpProtocol === '-1' ? 'all traffic' : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  const other = ReferencedGroupInfo?.GroupId ?? PrefixListId ?? CidrIpv4 ?? CidrIpv6;
  const description = rule.Description ? ` (${rule.Description})` : '';
  return `${traffic} ${IsEgress ? 'to' : 'from'} ${other}${description}`;
}
