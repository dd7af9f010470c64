/** Letters, digits and hyphens in parts that dots separate (RFC 1123). */
const HOST_NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text is a host name, without scheme and port. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text);
}
