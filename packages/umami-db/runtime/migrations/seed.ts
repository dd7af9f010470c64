/** What the migrations put into the tables beside what they find there. */
export interface Seed {
  /**
   * bcrypt hash of the administrator's password.
   * @default - no administrator is made
   */
  readonly administratorPasswordHash?: string;
}

/** Stands for the hash in the SQL that is recorded when the package is built. */
export const PASSWORD_HASH_PLACE = '{administratorPasswordHash}';
