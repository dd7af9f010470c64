import type { Target } from '../target/target';
import { literal, name } from './identifiers';

/** @param passwordVerifier without it, it cannot sign in until {@link setPassword} */
export function createDatabaseRole({ databaseRole, limits }: Target, passwordVerifier: string | undefined): string {
  const [login, password] =
    passwordVerifier === undefined ? ['nologin', ''] : ['login', ` password ${literal(passwordVerifier)}`];
  return `create role ${name(databaseRole)} with ${login} connection limit ${limits.connections}${password}`;
}

export function setPassword({ databaseRole }: Target, passwordVerifier: string): string {
  return `alter role ${name(databaseRole)} with login password ${literal(passwordVerifier)}`;
}

export function setConnectionLimit({ databaseRole, limits }: Target): string {
  return `alter role ${name(databaseRole)} with connection limit ${limits.connections}`;
}

/**
 * Settings of the role in this database; `undefined` is one that it must not have. The search_path is what keeps Umami
 * alive: its raw queries name no schema, and the statement with which it sets the path lands on another connection of its
 * pool now and then.
 */
export function roleSettings({ schema, limits, tablesOwner }: Pick<Target, 'schema' | 'limits' | 'tablesOwner'>): {
  readonly [setting: string]: string | undefined;
} {
  return {
    search_path: name(schema),
    // A migration of Umami's own container that is cut off leaves a failed row: P3009 at every start from then on.
    statement_timeout: tablesOwner === 'umami' ? undefined : `${limits.statementSeconds}s`,
    idle_in_transaction_session_timeout: `${limits.idleInTransactionSeconds}s`,
    // A query takes one processor: with more, a dashboard leaves none to the application.
    max_parallel_workers_per_gather: '0',
  };
}

export function resetSetting({ databaseRole, database }: Target, setting: string): string {
  return `alter role ${name(databaseRole)} in database ${name(database)} reset ${setting}`;
}

export function applySetting({ databaseRole, database }: Target, setting: string, value: string): string {
  // A list of schemas is SQL of its own; every other value is text.
  const text = setting === 'search_path' ? value : literal(value);
  return `alter role ${name(databaseRole)} in database ${name(database)} set ${setting} = ${text}`;
}
