import { AsyncLocalStorage } from 'node:async_hooks';
import { iamAction } from './iam-action';

/** As much of an SDK client as is needed to see its calls. */
interface Client {
  readonly config: { readonly serviceId?: string };
  readonly middlewareStack: object;
}

type Next = (args: object) => Promise<object>;
type Middleware = (next: Next, context: { readonly commandName?: string }) => Next;

/** Actions of calls that failed, by the error. */
const actions = new WeakMap<object, string>();

/** Actions of the work that is going on. */
const current = new AsyncLocalStorage<Set<string>>();

/** The IAM action of the call that an error ended; nothing when the error is of another client. */
export function actionOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? actions.get(error) : undefined;
}

/**
 * Records the calls of clients.
 *
 * @returns the IAM actions of the calls so far, such as `ec2:DescribeVpcs`, sorted, each once
 */
export function recordCalls(clients: { readonly [name: string]: Client }): () => readonly string[] {
  const asked = new Set<string>();
  for (const client of Object.values(clients)) {
    const middleware: Middleware =
      (next, { commandName = '' }) =>
      async (args) => {
        const action = iamAction(client.config.serviceId ?? '', commandName.replace(/Command$/, ''));
        asked.add(action);
        current.getStore()?.add(action);
        try {
          return await next(args);
        } catch (error) {
          if (typeof error === 'object' && error !== null) actions.set(error, action);
          throw error;
        }
      };
    const stack = client.middlewareStack as { add(middleware: Middleware, options: { readonly step: string }): void };
    stack.add(middleware, { step: 'initialize' });
  }
  return () => [...asked].sort();
}

/** Does some work and tells the calls of recorded clients that it made. */
export async function callsDuring<T>(work: () => Promise<T>): Promise<{ result: T; calls: readonly string[] }> {
  const calls = new Set<string>();
  const result = await current.run(calls, work);
  return { result, calls: [...calls].sort() };
}

/** Work that is done once for all that ask for it; its calls count for each of them. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: ReturnType<typeof callsDuring<T>> | undefined;
  return async () => {
    done ??= callsDuring(work);
    const { result, calls } = await done;
    for (const call of calls) current.getStore()?.add(call);
    return result;
  };
}
