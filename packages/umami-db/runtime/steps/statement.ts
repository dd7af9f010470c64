export interface Statement {
  readonly sql: string;
  /** Migration of Umami that it belongs to. @default - none */
  readonly migration?: string;
  /** What it does, where its SQL does not tell at a glance. @default - the SQL tells */
  readonly title?: string;
}

/** Statements that take effect together: one transaction. */
export interface Section {
  readonly name: string;
  readonly statements: readonly Statement[];
}

export function statements(...texts: readonly string[]): Statement[] {
  return texts.map((sql) => ({ sql }));
}
