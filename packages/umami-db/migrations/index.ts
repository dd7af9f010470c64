import { up as init } from './01_init';
import { up as reportSchemaSessionData } from './02_report_schema_session_data';
import { up as metricPerformanceIndex } from './03_metric_performance_index';
import { up as teamRedesign } from './04_team_redesign';
import { up as addVisitId } from './05_add_visit_id';
import { up as sessionData } from './06_session_data';
import { up as addTag } from './07_add_tag';
import { up as addUtmClid } from './08_add_utm_clid';
import { up as updateHostnameRegion } from './09_update_hostname_region';
import { up as addDistinctId } from './10_add_distinct_id';
import { up as addSegment } from './11_add_segment';
import { up as updateReportParameter } from './12_update_report_parameter';
import { up as addRevenue } from './13_add_revenue';
import { up as addLinkAndPixel } from './14_add_link_and_pixel';
import { up as addShare } from './15_add_share';
import { up as boards } from './16_boards';
import { up as removeDuplicateKey } from './17_remove_duplicate_key';
import { up as addPerformance } from './18_add_performance';
import { up as addSessionReplay } from './19_add_session_replay';
import { up as addHeatmap } from './20_add_heatmap';
import { up as addSessionLink } from './21_add_session_link';
import { up as addTwoFactor } from './22_add_2fa';
import { up as updateSessionData } from './23_update_session_data';
import { up as lowercaseUsername } from './24_lowercase_username';
import { up as addAnnotation } from './25_add_annotation';
import { up as addApiKey } from './26_add_api_key';
import type { UmamiMigration } from './migration';

/** Umami's schema, step by step, in the order in which Umami made it. */
export const migrations: readonly UmamiMigration[] = [
  { name: '01_init', up: init },
  { name: '02_report_schema_session_data', up: reportSchemaSessionData },
  { name: '03_metric_performance_index', up: metricPerformanceIndex },
  { name: '04_team_redesign', up: teamRedesign },
  { name: '05_add_visit_id', up: addVisitId },
  { name: '06_session_data', up: sessionData },
  { name: '07_add_tag', up: addTag },
  { name: '08_add_utm_clid', up: addUtmClid },
  { name: '09_update_hostname_region', up: updateHostnameRegion },
  { name: '10_add_distinct_id', up: addDistinctId },
  { name: '11_add_segment', up: addSegment },
  { name: '12_update_report_parameter', up: updateReportParameter },
  { name: '13_add_revenue', up: addRevenue },
  { name: '14_add_link_and_pixel', up: addLinkAndPixel },
  { name: '15_add_share', up: addShare },
  { name: '16_boards', up: boards },
  { name: '17_remove_duplicate_key', up: removeDuplicateKey },
  { name: '18_add_performance', up: addPerformance },
  { name: '19_add_session_replay', up: addSessionReplay },
  { name: '20_add_heatmap', up: addHeatmap },
  { name: '21_add_session_link', up: addSessionLink },
  { name: '22_add_2fa', up: addTwoFactor },
  { name: '23_update_session_data', up: updateSessionData },
  { name: '24_lowercase_username', up: lowercaseUsername },
  { name: '25_add_annotation', up: addAnnotation },
  { name: '26_add_api_key', up: addApiKey },
];

/**
 * The migrations up to one of them.
 *
 * @param last name of the last one; all of them by default
 */
export function migrationsUpTo(last?: string): readonly UmamiMigration[] {
  if (last === undefined) return migrations;
  const index = migrations.findIndex(({ name }) => name === last);
  if (index >= 0) return migrations.slice(0, index + 1);
  throw new Error(
    `There is no Umami migration '${last}'. Expected one of: ${migrations.map(({ name }) => name).join(', ')}.`,
  );
}
