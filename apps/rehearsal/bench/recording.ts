import type { Client } from 'pg';

/** Keeps the text of every statement that goes over a connection. */
export function record(client: Client): { stop(): string[] } {
  const texts: string[] = [];
  const query = client.query;
  const recording = (...args: unknown[]) => {
    texts.push(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text);
    return (query as (...all: unknown[]) => unknown).apply(client, args);
  };
  client.query = recording as typeof client.query;
  return {
    stop: () => {
      client.query = query;
      return texts;
    },
  };
}

/** The longest of the transactions among the statements, without its BEGIN and COMMIT. */
export function transactionOfMigrations(texts: readonly string[]): string[] {
  const transactions: string[][] = [[]];
  for (const text of texts) {
    if (/^(begin|commit)/i.test(text)) transactions.push([]);
    else transactions.at(-1)?.push(text);
  }
  return transactions.sort((one, other) => other.length - one.length)[0] ?? [];
}
