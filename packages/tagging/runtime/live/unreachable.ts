/** Error codes of Node.js while there is no answer. */
const NETWORK_ERRORS = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

interface NetworkError extends Error {
  readonly code?: unknown;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
}

/**
 * What there is to say when a service does not answer: its host, the Region, and what to check.
 *
 * @returns undefined for any other error
 */
export function unreachable(error: NetworkError, region: string): string | undefined {
  const { name, code, hostname, address, port, message } = error;
  if (name !== 'TimeoutError' && !NETWORK_ERRORS.includes(String(code))) return undefined;
  const host = hostname ?? (address === undefined ? 'the endpoint of the service' : `${address}:${port}`);
  return (
    `${host} in Region ${region} does not answer (${message}). Check that the Region is right (--region, AWS_REGION or the` +
    ' profile), the network, and a proxy (HTTPS_PROXY, AWS_ENDPOINT_URL)'
  );
}
