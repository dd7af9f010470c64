import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/**
 * Everything that aws-cdk-lib recommends, but for one: references between our stacks are exports and imports. With weak
 * ones a consumer keeps a stale value after a replacement, because the CLI skips stacks whose template text is the same.
 */
export const featureFlags: { readonly [flag: string]: unknown } = {
  ...recommendedFlags,
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  // Findings name constructs by their path, which is in the template's metadata.
  'aws:cdk:enable-path-metadata': true,
};
