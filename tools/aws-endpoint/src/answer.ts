/** One answer on the wire. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Further headers. @default - none */
  readonly headers?: { readonly [name: string]: string };
}

const JSON_TYPE = 'application/x-amz-json-1.1';

/** An answer of a service with a JSON protocol. */
export function json(body: object, status = 200): Answer {
  return { status, type: JSON_TYPE, body: JSON.stringify(body) };
}

/** What a service with a JSON protocol says instead of an answer. */
export function jsonError(code: string, message = code, status = 400): Answer {
  return json({ __type: code, message, Message: message }, status);
}

/** An answer of a service with the query protocol. */
export function xml(action: string, body: string): Answer {
  const result = `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>`;
  return { status: 200, type: 'text/xml', body: result };
}

/** What a service with the query protocol says instead of an answer. */
export function xmlError(code: string, message = code, status = 400): Answer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, type: 'text/xml', body };
}

/** An object of S3, or the empty answer to what was written. */
export function content(body = ''): Answer {
  return { status: 200, type: 'application/octet-stream', body };
}

/** What S3 says instead of an answer. */
export function s3Error(code: string, message = code, status = 400): Answer {
  return { status, type: 'application/xml', body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}
