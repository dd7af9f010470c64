import { EntityType, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { all } from '../../account/pages';
import { byId, type Kind, type Service } from '../kind';
import { canonical, documentOf } from '../value';

/** IAM roles that only AWS changes; it makes one at the first use of a service, such as NAT gateways. */
const OF_SERVICES = '/aws-service-role/';

const roles: Kind = {
  name: 'IAM role',
  type: 'AWS::IAM::Role',
  read: async ({ aws: { iam: client } }) => {
    const pages = paginateGetAccountAuthorizationDetails({ client, pageSize: 1_000 }, { Filter: [EntityType.Role] });
    const found = await all(pages, ({ RoleDetailList }) => RoleDetailList);
    return found
      .filter(({ Path }) => !Path?.startsWith(OF_SERVICES))
      .map(({ AssumeRolePolicyDocument, RolePolicyList, AttachedManagedPolicies, InstanceProfileList, ...role }) => ({
        id: String(role.RoleName),
        properties: {
          ...role,
          trust: documentOf(AssumeRolePolicyDocument),
          policies: byId(RolePolicyList, ({ PolicyName, PolicyDocument }) => [
            PolicyName,
            canonical(documentOf(PolicyDocument)),
          ]),
          attachedPolicies: AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn),
          instanceProfiles: InstanceProfileList?.map(({ InstanceProfileName }) => InstanceProfileName),
        },
      }));
  },
};

const policies: Kind = {
  name: 'IAM policy',
  type: 'AWS::IAM::ManagedPolicy',
  read: async ({ aws: { iam: client } }) => {
    const pages = paginateGetAccountAuthorizationDetails(
      { client, pageSize: 1_000 },
      { Filter: [EntityType.LocalManagedPolicy] },
    );
    return (await all(pages, ({ Policies }) => Policies)).map(({ PolicyVersionList, ...policy }) => ({
      id: String(policy.Arn),
      properties: {
        ...policy,
        document: documentOf(PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document),
      },
    }));
  },
};

export const iam: Service = { name: 'IAM', kinds: [roles, policies] };
