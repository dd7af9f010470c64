import { contains, overlaps } from '@user-metrics/network';
import { subBlocks } from '../network/sub-blocks';
import type { AclRule, Ports } from './facts';

/** Addresses and ports of which one rule of a network ACL decides. */
export interface Cell {
  readonly cidr: string;
  readonly ports: Ports;
  /** @default - no rule is about them: they are shut */
  readonly rule?: AclRule;
}

type Undecided = Omit<Cell, 'rule'>;

/** Which rule decides of what, in the order of the numbers: rules for parts of a block count for these parts. */
export function cellsOf(rules: readonly AclRule[], block: string, wanted: Ports): readonly Cell[] {
  const decided: Cell[] = [];
  let undecided: Undecided[] = [{ cidr: block, ports: wanted }];
  for (const rule of [...rules].sort((one, other) => one.number - other.number))
    undecided = undecided.flatMap((cell) => {
      const ports = { from: Math.max(rule.from, cell.ports.from), to: Math.min(rule.to, cell.ports.to) };
      if (ports.from > ports.to || !overlaps(rule.cidr, cell.cidr)) return [cell];
      const { inside, outside } = split(cell.cidr, rule.cidr);
      decided.push({ cidr: inside, ports, rule });
      return [
        ...outside.map((cidr) => ({ ...cell, cidr })),
        ...without(cell.ports, ports).map((rest) => ({ cidr: inside, ports: rest })),
      ];
    });
  return [...decided, ...undecided];
}

/** The blocks of a block without those of others that lie in it. */
export function blocksWithout(block: string, others: readonly string[]): string[] {
  return others.reduce(
    (blocks, other) => blocks.flatMap((one) => (overlaps(one, other) ? split(one, other).outside : [one])),
    [block],
  );
}

/** The part of a block that lies in another one, and the rest of it. */
function split(cidr: string, other: string): { readonly inside: string; readonly outside: readonly string[] } {
  if (contains(other, cidr)) return { inside: cidr, outside: [] };
  const [first = '', second = ''] = subBlocks(cidr, Number(cidr.split('/')[1]) + 1);
  const [near, far] = overlaps(first, other) ? [first, second] : [second, first];
  const { inside, outside } = split(near, other);
  return { inside, outside: [far, ...outside] };
}

function without({ from, to }: Ports, taken: Ports): Ports[] {
  return [
    { from, to: taken.from - 1 },
    { from: taken.to + 1, to },
  ].filter((rest) => rest.from <= rest.to);
}
