// A resource's own tags have priority 50 and those of `Tags.of()` 100 (aws-cdk-lib, TagProps.priority). Ours lie below:
// what a user wrote is kept.

/** Tags of the whole app. */
export const APP_PRIORITY = 10;

/** Tags of a component, which is more specific. */
export const COMPONENT_PRIORITY = 20;
