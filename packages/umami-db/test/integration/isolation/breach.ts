/** A server on which an attempt succeeds: what somebody did to it, and the attack for real. */
export interface Breach {
  /** Name of the attempt. */
  readonly attempt: string;
  /** What opens it, run as superuser; the closing statements undo it. */
  readonly open: string;
  /** The real thing, not the harmless stand-in; run as Umami's database role, and rolled back. @default - the attempt is it */
  readonly attack?: string;
  /** First major version that has it. @default - all */
  readonly since?: number;
  /** Undoes what no closing statement does. @default - nothing */
  readonly after?: string;
}

export const SUPERUSER = 'alter role umami_user superuser';
