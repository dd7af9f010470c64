import { EntityType, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { byId, listed, type Service } from '../kind';
import { canonical, documentOf } from '../value';

/** IAM roles that only AWS changes; it makes one at the first use of a service, such as NAT gateways. */
const OF_SERVICES = '/aws-service-role/';

const pageSize = 1_000;

const roles = listed({
  name: 'IAM role',
  type: 'AWS::IAM::Role',
  pages: ({ aws: { iam: client } }) =>
    paginateGetAccountAuthorizationDetails({ client, pageSize }, { Filter: [EntityType.Role] }),
  items: ({ RoleDetailList }) => RoleDetailList?.filter(({ Path }) => !Path?.startsWith(OF_SERVICES)),
  id: ({ RoleName }) => RoleName,
  properties: ({
    AssumeRolePolicyDocument,
    RolePolicyList,
    AttachedManagedPolicies,
    InstanceProfileList,
    ...role
  }) => ({
    ...role,
    trust: documentOf(AssumeRolePolicyDocument),
    policies: byId(RolePolicyList, ({ PolicyName, PolicyDocument }) => [
      PolicyName,
      canonical(documentOf(PolicyDocument)),
    ]),
    attachedPolicies: AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn),
    instanceProfiles: InstanceProfileList?.map(({ InstanceProfileName }) => InstanceProfileName),
  }),
});

const policies = listed({
  name: 'IAM policy',
  type: 'AWS::IAM::ManagedPolicy',
  pages: ({ aws: { iam: client } }) =>
    paginateGetAccountAuthorizationDetails({ client, pageSize }, { Filter: [EntityType.LocalManagedPolicy] }),
  items: ({ Policies }) => Policies,
  id: ({ Arn }) => Arn,
  properties: ({ PolicyVersionList, ...policy }) => ({
    ...policy,
    document: documentOf(PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document),
  }),
});

export const iam: Service = { name: 'IAM', kinds: [roles, policies] };
