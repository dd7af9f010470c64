import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';

/** A moment at which the process dies: at its n-th statement or call, before that is sent, or as soon as it is on its way. */
export interface Moment {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Everything that changes something outside of the process goes through these two. */
const SENDERS = [
  [Client.prototype, 'query'],
  [SecretsManagerClient.prototype, 'send'],
] as const;

/** Has `around` send each statement or call from now on; the function that it returns ends that. */
export function aroundStatements(around: (statement: string, send: () => unknown) => unknown): () => void {
  const originals = SENDERS.map(([prototype, method]) => {
    const original = Reflect.get(prototype, method) as (...all: unknown[]) => unknown;
    Reflect.set(prototype, method, function (this: unknown, ...all: unknown[]) {
      return around(textOf(all[0]), () => original.apply(this, all));
    });
    return original;
  });
  return () => {
    for (const [index, [prototype, method]] of SENDERS.entries()) Reflect.set(prototype, method, originals[index]);
  };
}

function textOf(sent: unknown): string {
  if (typeof sent === 'string') return sent;
  const query = sent as { text?: string; constructor: { name: string } };
  return query.text ?? query.constructor.name;
}

/** The statements and calls that an action sends, in their order. */
export async function statementsOf(action: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const end = aroundStatements((statement, send) => {
    statements.push(statement);
    return send();
  });
  try {
    await action();
  } finally {
    end();
  }
  return statements;
}

/**
 * Moments at which a kill differs from every other one. All that a transaction did is undone, so in each transaction, and
 * between two of them, it is the first statement of each kind before it is sent, and the last one when it is on its way.
 */
export function momentsOf(statements: readonly string[]): Moment[] {
  const kinds = new Map<string, { first: number; last: number }>();
  let part = 0;
  for (const [index, statement] of statements.entries()) {
    const [verb = '', noun = ''] = statement.trim().toLowerCase().split(/\s+/);
    if (verb.startsWith('begin')) part += 1;
    const kind = `${part} ${verb} ${noun}`;
    kinds.set(kind, { first: kinds.get(kind)?.first ?? index + 1, last: index + 1 });
    if (verb === 'commit' || verb === 'rollback') part += 1;
  }
  return [...kinds.values()].flatMap(({ first, last }) => [
    { at: first, when: 'before' },
    { at: last, when: 'after' },
  ]);
}
