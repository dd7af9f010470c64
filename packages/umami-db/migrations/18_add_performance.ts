import type { MigrationBuilder } from 'node-pg-migrate';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('website_event', {
    cls: 'numeric(10,4)',
    fcp: 'numeric(10,1)',
    inp: 'numeric(10,1)',
    lcp: 'numeric(10,1)',
    ttfb: 'numeric(10,1)',
  });
}
