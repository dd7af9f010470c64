import type { TeamTags } from '@user-metrics/tagging/schema';

/** The tag values of the foundation: the one place they are written, edit them here. Its budget watches `project`. */
export const tagValues: TeamTags = {
  project: 'UserMetrics',
  costCenter: 'Observability',
  owner: 'platform-team',
  // Stages whose names do not tell their environment, e.g. { 'eu-live': 'prod' }.
  environments: {},
  // Further tags that everything gets, e.g. { Team: 'Growth' }.
  further: {},
};

/** The tag values of the application itself. Its `project` is another one, else its cost would count as the foundation's. */
export const applicationValues: TeamTags = {
  project: 'Application',
  costCenter: 'Application',
  owner: 'application-team',
  environments: tagValues.environments,
  further: {},
};
