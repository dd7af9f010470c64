import type { MigrationBuilder } from 'node-pg-migrate';
import { createdAt, KEY, required } from './columns';
import { index } from './prisma-indexes';

export function up(pgm: MigrationBuilder): void {
  pgm.renameColumn('website', 'replay_enabled', 'recorder_enabled');
  keepRecording(pgm);
  pgm.createTable('heatmap_event', {
    heatmap_event_id: KEY,
    website_id: required('uuid'),
    session_id: required('uuid'),
    visit_id: required('uuid'),
    url_path: required('varchar(500)'),
    event_type: required('integer'),
    x: 'integer',
    y: 'integer',
    page_x: 'integer',
    page_y: 'integer',
    page_w: 'integer',
    viewport_w: 'integer',
    viewport_h: 'integer',
    page_h: 'integer',
    scroll_pct: 'integer',
    created_at: { ...createdAt(pgm), notNull: true },
  });
  index(pgm, 'heatmap_event', 'website_id');
  index(pgm, 'heatmap_event', 'visit_id');
  index(pgm, 'heatmap_event', 'website_id', 'created_at');
  index(pgm, 'heatmap_event', 'website_id', 'url_path', 'event_type', 'created_at');
}

/** The recorder now also records heatmaps: a website that recorded sessions goes on with them. */
function keepRecording(pgm: MigrationBuilder): void {
  pgm.sql(`
    UPDATE website
    SET replay_config = coalesce(replay_config, '{}') || '{"replayEnabled": true}'
    WHERE recorder_enabled`);
}
