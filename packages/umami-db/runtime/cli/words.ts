import type { Closure } from '../isolation/close-public';
import type { Finding } from '../isolation/finding';

/** What is reachable, by whom it was granted, what would close it, and whom that affects. */
export function inWords({ object, privileges, via, close, affects }: Finding): string {
  const others = affects.length > 0 ? `, which also affects ${affects.join(', ')}` : '';
  return `${privileges} on ${object} by a grant to ${via}; closed by: ${close};${others}`;
}

/** What PUBLIC loses, and who keeps it. */
export function closureInWords({ right, statements, keptBy }: Closure): string {
  const kept = keptBy.length > 0 ? `; ${keptBy.join(', ')} ${keptBy.length > 1 ? 'keep' : 'keeps'} it by name` : '';
  return `${right}, which PUBLIC has: ${statements.join('; ')};${kept}; a database role that is made later does not get it`;
}
