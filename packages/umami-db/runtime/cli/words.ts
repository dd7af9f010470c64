import type { Finding } from '../isolation/finding';

/** What is reachable, by whom it was granted, what would close it, and whom that affects. */
export function inWords({ object, privileges, via, close, affects }: Finding): string {
  const others = affects.length > 0 ? `, which also affects ${affects.join(', ')}` : '';
  return `${privileges} on ${object} by a grant to ${via}; closed by: ${close};${others}`;
}
