import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer';
import { type Asked, readAsked } from './asked';

/** An answer that comes once instead of the usual one. */
export interface Refusal {
  /** The first request whose action starts so gets it. @default - whichever comes next */
  readonly action?: string;
  /** Name of the error, e.g. `ThrottlingException`. */
  readonly code: string;
  /** @default - the name of the error, and that the test set it */
  readonly message?: string;
  /** @default 400 */
  readonly status?: number;
}

/** A local HTTP endpoint for AWS clients. */
export interface AwsEndpoint {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: Asked[];
  /** Answers that come before the usual ones. */
  readonly refusals: Refusal[];
  close(): Promise<void>;
}

/** What the services say to a request. */
type Answering = (asked: Asked) => Answer | Promise<Answer>;

/**
 * Answers on a free port of the loopback address what clients of AWS ask over the JSON protocols, the query protocol and
 * S3.
 *
 * @param answer what the services say; what it throws is told as an error of the service
 */
export async function startEndpoint(answer: Answering): Promise<AwsEndpoint> {
  const state = { asked: [] as Asked[], refusals: [] as Refusal[] };
  const server = createServer(async (request, response) => {
    const asked = await readAsked(request);
    state.asked.push(asked);
    const { status, type, body, headers } = refusalOf(state.refusals, asked) ?? (await answered(answer, asked));
    // The clock of a test may be another: an SDK that sees it asks again for what was refused.
    response.sendDate = false;
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

function refusalOf(refusals: Refusal[], { action, refuse }: Asked): Answer | undefined {
  const next = refusals.findIndex((refusal) => action.startsWith(refusal.action ?? ''));
  if (next < 0) return undefined;
  const [{ code, message = `${code} of the test`, status = 400 }] = refusals.splice(next, 1) as [Refusal];
  return refuse(code, message, status);
}

/** A test that asks for more than its endpoint knows is to read so, and not to wait for an answer. */
async function answered(answer: Answering, asked: Asked): Promise<Answer> {
  try {
    return await answer(asked);
  } catch (error) {
    return asked.refuse('Unexpected', `${asked.action}: ${(error as Error).message}`);
  }
}
