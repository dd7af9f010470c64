import type { MigrationBuilder } from 'node-pg-migrate';

/** Umami signs users in by their name in lower case. Live names that differ in nothing but case stay as they are. */
export function up(pgm: MigrationBuilder): void {
  renameDeletedUsers(pgm);
  pgm.sql(`
    UPDATE "user" AS live
    SET username = lower(username)
    WHERE deleted_at IS NULL AND username <> lower(username) AND NOT EXISTS (
      SELECT FROM "user" AS other WHERE other.user_id <> live.user_id AND lower(other.username) = lower(live.username)
    )`);
}

/** A deleted user whose name is in the way of a live one gets a suffix, the same each time. */
function renameDeletedUsers(pgm: MigrationBuilder): void {
  pgm.sql(`
    UPDATE "user" AS deleted
    SET username = left(username, 246) || '-' || left(md5(user_id::text), 8)
    WHERE deleted_at IS NOT NULL AND EXISTS (
      SELECT FROM "user" AS live
      WHERE live.deleted_at IS NULL AND live.username <> lower(live.username)
        AND lower(live.username) = lower(deleted.username)
    )`);
}
