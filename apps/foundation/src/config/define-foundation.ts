import type { FoundationConfig } from './foundation';

/**
 * The configuration of the foundation, for `foundation.config.ts`. It gives back what it gets: the types help while
 * writing, and the commands check the values.
 *
 * @example
 * export default defineFoundation({ tags: tagValues, accounts: { … }, stages: { … } });
 */
export function defineFoundation(config: FoundationConfig): FoundationConfig {
  return config;
}
