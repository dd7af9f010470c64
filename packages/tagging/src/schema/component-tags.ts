import type { FunctionalTags } from './tag-schema';

const COMPONENT_TAGS = {
  umami: { Component: 'Umami', Function: 'Analytics', DataType: 'Analytics' },
  openReplay: { Component: 'OpenReplay', Function: 'SessionReplay', DataType: 'Sessions' },
  grafana: { Component: 'Grafana', Function: 'Visualization', DataType: 'Metrics' },
  metrics: { Component: 'CloudWatch', Function: 'Metrics', DataType: 'Metrics' },
  logs: { Component: 'CloudWatch', Function: 'Logging', DataType: 'Logs' },
  network: { Component: 'Infrastructure', Function: 'Networking' },
  infrastructure: { Component: 'Infrastructure' },
  application: { Component: 'Application' },
} as const satisfies { readonly [component: string]: FunctionalTags };

/** A part of the observability stack that has a ready set of functional tags. */
export type ComponentName = keyof typeof COMPONENT_TAGS;

/** The names of the components. */
export const COMPONENT_NAMES: readonly string[] = Object.keys(COMPONENT_TAGS);

/**
 * The functional tags of a component, ready to be spread or added.
 *
 * @example
 * componentTags('openReplay'); // { Component: 'OpenReplay', Function: 'SessionReplay', DataType: 'Sessions' }
 */
export function componentTags<Name extends ComponentName>(component: Name): (typeof COMPONENT_TAGS)[Name] {
  return COMPONENT_TAGS[component];
}
