const STATE = 'it changes while nobody changes the resource';
const OF_DEPLOYMENTS = 'each deployment of the application changes it';

/** Fields that a snapshot leaves out at any depth of a kind, each with the reason; `*` is every kind. */
export const VOLATILE: { readonly [kind: string]: { readonly [field: string]: string } } = {
  '*': {
    $metadata: 'it describes the answer, not the resource',
    OwnerId: 'the account stands at the beginning',
  },
  VPC: { State: STATE },
  subnet: { AvailableIpAddressCount: 'it depends on what runs in the subnet', State: STATE },
  'NAT gateway': { State: STATE },
  'VPC endpoint': { State: STATE, LastError: STATE },
  function: {
    CodeSha256: OF_DEPLOYMENTS,
    CodeSize: OF_DEPLOYMENTS,
    ConfigSha256: OF_DEPLOYMENTS,
    LastModified: OF_DEPLOYMENTS,
    RevisionId: OF_DEPLOYMENTS,
    Version: OF_DEPLOYMENTS,
    LastUpdateStatus: STATE,
    LastUpdateStatusReason: STATE,
    LastUpdateStatusReasonCode: STATE,
    State: STATE,
    StateReason: STATE,
    StateReasonCode: STATE,
  },
  'IAM role': { RoleLastUsed: 'it changes with each use' },
  'IAM policy': {
    AttachmentCount: 'the IAM roles say what they have',
    PermissionsBoundaryUsageCount: 'the IAM roles say what they have',
  },
  distribution: { InProgressInvalidationBatches: OF_DEPLOYMENTS },
  'database cluster': {
    Capacity: STATE,
    EarliestRestorableTime: 'it changes with each backup',
    IsClusterWriter: 'a failover changes it',
    LatestRestorableTime: 'it changes with each backup',
    PercentProgress: STATE,
    Status: STATE,
  },
  'database instance': {
    AllocatedStorage: 'Aurora sets it',
    AvailabilityZone: 'a failover changes it',
    DBInstanceStatus: STATE,
    LatestRestorableTime: 'it changes with each backup',
    Status: STATE,
    StatusInfos: STATE,
    ValidTill: 'AWS renews the certificate',
  },
  budget: {
    CalculatedSpend: 'it is what was spent',
    HealthStatus: STATE,
    LastUpdatedTime: 'AWS updates what was spent',
    NotificationState: 'it depends on what was spent',
  },
  alarm: {
    AlarmConfigurationUpdatedTimestamp: 'a deployment without a change sets it too',
    EvaluationState: STATE,
    StateReason: STATE,
    StateReasonData: STATE,
    StateTransitionedTimestamp: STATE,
    StateUpdatedTimestamp: STATE,
    StateValue: STATE,
  },
  topic: {
    SubscriptionsConfirmed: 'each subscription stands for itself',
    SubscriptionsDeleted: 'each subscription stands for itself',
    SubscriptionsPending: 'each subscription stands for itself',
  },
  'cost allocation tag': { LastUpdatedDate: STATE, LastUsedDate: 'it changes with each use' },
};

/** Fields of a kind that are left out. */
export function volatileFields(kind: string): ReadonlySet<string> {
  return new Set([...Object.keys(VOLATILE['*'] ?? {}), ...Object.keys(VOLATILE[kind] ?? {})]);
}
