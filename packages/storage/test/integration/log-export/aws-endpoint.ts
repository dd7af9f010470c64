import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Answer, ExportTaskService } from './export-task-service';

/** An HTTP endpoint that speaks as much of CloudWatch Logs and of S3 as the function needs. */
export interface AwsEndpoint {
  readonly url: string;
  readonly logs: ExportTaskService;
  /** Objects of S3 by path, e.g. `/archive/progress/audit.json`. */
  readonly objects: Map<string, string>;
  /** Every call, in order, e.g. `CreateExportTask` or `PUT /archive/key`. */
  readonly calls: string[];
  /** Answers that come instead of the usual ones; each is used once, for the first call that starts so. */
  readonly refusals: { readonly call: string; readonly status: number; readonly type: string }[];
  close(): Promise<void>;
}

export async function startAws(): Promise<AwsEndpoint> {
  const state = {
    logs: new ExportTaskService(),
    objects: new Map<string, string>(),
    calls: [] as string[],
    refusals: [] as AwsEndpoint['refusals'],
  };
  const server = createServer(async (request, response) =>
    send(response, respond(request, await text(request), state)),
  );
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

function respond(
  request: IncomingMessage,
  body: string,
  { logs, objects, calls, refusals }: Omit<AwsEndpoint, 'url' | 'close'>,
): Answer {
  const operation = String(request.headers['x-amz-target'] ?? '').replace('Logs_20140328.', '');
  const path = decodeURIComponent(String(request.url).split('?')[0] ?? '');
  const call = operation || `${request.method} ${path}`;
  calls.push(call);
  const next = refusals.findIndex((refusal) => call.startsWith(refusal.call));
  const [refusal] = next < 0 ? [] : refusals.splice(next, 1);
  if (refusal) {
    const { status, type } = refusal;
    return operation ? { status, body: { __type: type, message: `${type} of the test` } } : s3Error(status, type);
  }
  if (operation) return logs.answer(operation, JSON.parse(body));
  if (request.method === 'PUT') {
    objects.set(path, contentOf(body, request));
    return { status: 200, body: '' };
  }
  const found = objects.get(path);
  return found === undefined ? s3Error(404, 'NoSuchKey') : { status: 200, body: found };
}

/** S3 clients send bodies in chunks with a length before and a checksum behind. */
function contentOf(body: string, { headers }: IncomingMessage): string {
  if (!String(headers['content-encoding']).includes('aws-chunked')) return body;
  return body.split('\r\n')[1] ?? '';
}

function s3Error(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>${code} of the test</Message></Error>` };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isJson = typeof body !== 'string';
  // The function's clock is set; an SDK that sees another time asks again for what was refused.
  response.sendDate = false;
  response
    .writeHead(status, { 'content-type': isJson ? 'application/x-amz-json-1.1' : 'application/xml' })
    .end(isJson ? JSON.stringify(body) : body);
}
