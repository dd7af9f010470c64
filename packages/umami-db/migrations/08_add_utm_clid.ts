import type { MigrationBuilder } from 'node-pg-migrate';

export function up(pgm: MigrationBuilder): void {
  pgm.addColumns('website_event', {
    fbclid: 'varchar(255)',
    gclid: 'varchar(255)',
    li_fat_id: 'varchar(255)',
    msclkid: 'varchar(255)',
    ttclid: 'varchar(255)',
    twclid: 'varchar(255)',
    utm_campaign: 'varchar(255)',
    utm_content: 'varchar(255)',
    utm_medium: 'varchar(255)',
    utm_source: 'varchar(255)',
    utm_term: 'varchar(255)',
  });
}
