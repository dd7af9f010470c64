/** One way in which the database role gets at something outside of its schema, and what would close it. */
export interface Finding {
  /** The attack family that it belongs to, e.g. `tables`. */
  readonly family: string;
  /** e.g. `table app.orders`, `database postgres`, `membership in pg_monitor` */
  readonly object: string;
  /** Privileges as PostgreSQL writes them, e.g. `SELECT, UPDATE (card)`; `OWNERSHIP` when the role owns it. */
  readonly privileges: string;
  /** Who was given it: `PUBLIC`, the database role itself, or a database role that it is a member of. */
  readonly via: string;
  /** The statement that closes this way. A privilege held in two ways has two findings. */
  readonly close: string;
  /** Other database roles that can sign in and would lose something by {@link close}. */
  readonly affects: readonly string[];
  /** Statement that, run before {@link close}, lets those in {@link affects} keep it. @default - nobody else is affected */
  readonly keep?: string;
  /** Whether provisioning fails because of it: it was given to this database role, not to everybody. */
  readonly fails: boolean;
}
