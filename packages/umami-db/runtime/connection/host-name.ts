/** Letters, digits and hyphens in parts that dots separate (RFC 1123). */
const HOST_NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text is a host name, without scheme and port. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text);
}

/** Whether a host name is the reader endpoint of an Aurora cluster, which accepts no changes. */
export function isReaderEndpoint(host: string): boolean {
  return host.includes('.cluster-ro-');
}

/** Whether a host name is the endpoint of an RDS Proxy: Umami sets `search_path`, which pins every connection. */
export function isProxyEndpoint(host: string): boolean {
  return /\.proxy-[^.]+\./.test(host);
}
