import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One answer on the wire. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A request, as far as the services differ in it. */
export interface Asked {
  /** E.g. `GetResources`. */
  readonly action: string;
  /** The parameters: of a JSON body, or of a form. */
  readonly parameters: { readonly [name: string]: unknown };
}

/** A local HTTP endpoint for AWS clients. */
export interface Endpoint {
  readonly url: string;
  /** Actions in the order in which they were asked for. */
  readonly asked: Asked[];
  stop(): void;
}

/** Answers what JSON and query protocols send. */
export async function startEndpoint(answer: (asked: Asked) => Answer): Promise<Endpoint> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = parse(request, await text(request));
    asked.push(one);
    const { status, type, body } = answer(one);
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop };
}

function parse(request: IncomingMessage, body: string): Asked {
  const target = request.headers['x-amz-target'];
  if (target) return { action: String(target).split('.').pop() ?? '', parameters: JSON.parse(body || '{}') };
  const { Action = '', ...parameters } = Object.fromEntries(new URLSearchParams(body));
  return { action: Action, parameters };
}

/** An answer of a service with a JSON protocol. */
export function json(body: object, status = 200): Answer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(body) };
}

/** What a service with a JSON protocol says instead of an answer. */
export function jsonError(code: string, message = code): Answer {
  return json({ __type: code, message, Message: message }, 400);
}

/** An answer of a service with the query protocol. */
export function xml(action: string, body: string): Answer {
  const result = `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>`;
  return { status: 200, type: 'text/xml', body: result };
}

/** What a service with the query protocol says instead of an answer. */
export function xmlError(code: string, message = code): Answer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status: 400, type: 'text/xml', body };
}

/** Environment of a process whose AWS clients go to an endpoint. */
export function environmentFor({ url }: Endpoint): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
