import type { TeamTags } from '@user-metrics/tagging/schema';

/** The tag values of your team. This is the one place they are written: edit them here. */
export const tagValues: TeamTags = {
  project: 'UserMetrics',
  costCenter: 'Observability',
  owner: 'platform-team',
  // Stages whose names do not tell their environment, e.g. { 'eu-live': 'prod' }.
  environments: {},
  // Further tags that everything gets, e.g. { Team: 'Growth' }.
  further: {},
};
