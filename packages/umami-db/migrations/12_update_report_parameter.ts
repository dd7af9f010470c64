import type { MigrationBuilder } from 'node-pg-migrate';

export function up(pgm: MigrationBuilder): void {
  pgm.alterColumn('report', 'parameters', { type: 'jsonb', using: 'parameters::jsonb' });
}
