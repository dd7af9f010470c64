import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Answer, jsonError, s3Error, xmlError } from './answer';

/** A request, as far as the services differ in it. */
export interface Asked {
  /** E.g. `GetResources`; of S3 method and path, e.g. `PUT /bucket/key`. */
  readonly action: string;
  /** The parameters: of a JSON body, or of a form. */
  readonly parameters: { readonly [name: string]: unknown };
  /** What S3 is given to keep; nothing else has any. */
  readonly content: string;
  /** Region that the request is signed for. */
  readonly region: string;
  /** Service that it is signed for, such as `ec2`. */
  readonly service: string;
  /** How this service says no. */
  readonly refuse: (code: string, message: string, status?: number) => Answer;
}

/** Reads a request of the JSON protocols, the query protocol, Lambda, CloudFront, or S3. */
export async function readAsked(request: IncomingMessage): Promise<Asked> {
  const body = await text(request);
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const target = request.headers['x-amz-target'];
  if (target) {
    const action = String(target).split('.').at(-1) ?? '';
    return { action, parameters: JSON.parse(body || '{}'), content: '', region, service, refuse: jsonError };
  }
  if (String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded')) {
    const { Action = '', ...parameters } = Object.fromEntries(new URLSearchParams(body));
    return { action: Action, parameters, content: '', region, service, refuse: xmlError };
  }
  const path = decodeURIComponent(String(request.url).split('?')[0] ?? '');
  const action = `${request.method} ${path}`;
  // CloudFront wraps an error as the query protocol does.
  if (path.startsWith('/2020-05-31/'))
    return { action, parameters: {}, content: body, region, service, refuse: xmlError };
  // Lambda's paths start with the version of its API; it speaks JSON.
  if (/^\/20\d\d-\d\d-\d\d\//.test(path))
    return { action, parameters: JSON.parse(body || '{}'), content: '', region, service, refuse: jsonError };
  return { action, parameters: {}, content: contentOf(body, request), region, service, refuse: s3Error };
}

/** S3 clients send bodies in chunks with a length before and a checksum behind. */
function contentOf(body: string, { headers }: IncomingMessage): string {
  if (!String(headers['content-encoding']).includes('aws-chunked')) return body;
  return body.split('\r\n')[1] ?? '';
}
