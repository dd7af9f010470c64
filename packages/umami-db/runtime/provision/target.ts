/** Who a schema and a database role belong to. Written into them as a comment: nobody else's are touched. */
export interface Owner {
  /** `<stack>/<stage>`, or whoever runs the command line. */
  readonly name: string;
  /** The one resource that may drop them again, e.g. the physical id of a custom resource. */
  readonly id: string;
}

/** Limits of the database role, so that Umami cannot starve the application. */
export interface RoleLimits {
  /** Connections at once: two tasks of 12 during a rolling deployment, and a margin. */
  readonly connections: number;
  /** Longest statement, in seconds. */
  readonly statementSeconds: number;
  /** Longest pause inside a transaction, in seconds. */
  readonly idleInTransactionSeconds: number;
}

/** What has to exist in the end. */
export interface Target {
  readonly database: string;
  readonly schema: string;
  readonly databaseRole: string;
  readonly owner: Owner;
  readonly limits: RoleLimits;
}

export const DEFAULT_LIMITS: RoleLimits = { connections: 30, statementSeconds: 120, idleInTransactionSeconds: 60 };

/** Schema of node-pg-migrate's ledger. Not Umami's own: Prisma would find a table it does not know and refuse to start. */
export function ledgerSchema(target: Pick<Target, 'schema'>): string {
  return `${target.schema}_migrations`;
}
