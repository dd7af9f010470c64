/** Tag keys that every taggable resource carries. Keys are case-sensitive: `Project` and `project` are two tags. */
export const REQUIRED_TAG_KEYS = ['Project', 'Environment', 'ManagedBy', 'CostCenter', 'Owner'] as const;

/** Tag keys that say what a resource is for. `DataType` is required on whatever stores data. */
export const FUNCTIONAL_TAG_KEYS = ['Component', 'Function', 'DataType'] as const;

/** The eight keys of the schema: what a payer account activates as cost allocation tags. */
export const TAG_KEYS = [...REQUIRED_TAG_KEYS, ...FUNCTIONAL_TAG_KEYS] as const;

/** A key that every taggable resource carries. */
export type RequiredTagKey = (typeof REQUIRED_TAG_KEYS)[number];

/** A key that says what a resource is for. */
export type FunctionalTagKey = (typeof FUNCTIONAL_TAG_KEYS)[number];

/** A key of the schema. */
export type TagKey = (typeof TAG_KEYS)[number];
