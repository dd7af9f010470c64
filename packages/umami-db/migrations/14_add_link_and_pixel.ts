import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required, TIMESTAMP } from './columns';
import { index, uniqueIndex } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.alterColumn('report', 'type', { type: 'varchar(50)' });
  pgm.alterColumn('revenue', 'currency', { type: 'varchar(10)' });
  pgm.alterColumn('segment', 'type', { type: 'varchar(50)' });
  createLinks(pgm);
  createPixels(pgm);
  convertFunnels(pgm);
  convertGoals(pgm);
}

function createLinks(pgm: MigrationBuilder): void {
  pgm.createTable('link', {
    link_id: KEY,
    name: required('varchar(100)'),
    url: required('varchar(500)'),
    slug: required('varchar(100)'),
    user_id: 'uuid',
    team_id: 'uuid',
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
    deleted_at: TIMESTAMP,
  });
  createIndexes(pgm, 'link');
}

function createPixels(pgm: MigrationBuilder): void {
  pgm.createTable('pixel', {
    pixel_id: KEY,
    name: required('varchar(100)'),
    slug: required('varchar(100)'),
    user_id: 'uuid',
    team_id: 'uuid',
    created_at: createdAt(pgm),
    updated_at: TIMESTAMP,
    deleted_at: TIMESTAMP,
  });
  createIndexes(pgm, 'pixel');
}

function createIndexes(pgm: MigrationBuilder, table: string): void {
  uniqueIndex(pgm, table, `${table}_id`);
  uniqueIndex(pgm, table, 'slug');
  for (const column of ['slug', 'user_id', 'team_id', 'created_at']) index(pgm, table, column);
}

/** A funnel has two steps or more, names no website and no dates, and a step is a path, no longer a url. */
function convertFunnels(pgm: MigrationBuilder): void {
  pgm.sql(`DELETE FROM report WHERE type = 'funnel' AND jsonb_array_length(parameters -> 'steps') = 1`);
  pgm.sql(`
    UPDATE report
    SET parameters = CASE
      WHEN parameters @> '{"steps": [{"type": "url"}]}' THEN jsonb_set(parameters, '{steps}', (
        SELECT jsonb_agg(
          CASE WHEN step @> '{"type": "url"}' THEN step || '{"type": "path"}' ELSE step END ORDER BY position
        )
        FROM jsonb_array_elements(parameters -> 'steps') WITH ORDINALITY AS steps (step, position)
      ))
      ELSE parameters
    END - ARRAY['websiteId', 'dateRange', 'urls']
    WHERE type = 'funnel'`);
}

/** A report on several goals becomes one report for each goal that is a page or an event. */
function convertGoals(pgm: MigrationBuilder): void {
  pgm.sql(`UPDATE report SET type = 'goal' WHERE type = 'goals'`);
  pgm.sql(`
    WITH several AS (
      DELETE FROM report WHERE type = 'goal' AND parameters ? 'goals' RETURNING *
    )
    INSERT INTO report (report_id, user_id, website_id, type, name, description, parameters, created_at, updated_at)
    SELECT gen_random_uuid(), user_id, website_id, 'goal', name || ' - ' || coalesce(goal ->> 'value', ''), description,
      jsonb_build_object('type', kind.today, 'value', goal ->> 'value'), created_at, updated_at
    FROM several
    CROSS JOIN jsonb_array_elements(several.parameters -> 'goals') AS goal
    JOIN (VALUES ('url', 'path'), ('event', 'event')) AS kind (before, today) ON kind.before = goal ->> 'type'`);
}
