import type { PriceId, PriceTable } from './price-table';

/** What the price of a line depends on. */
interface Billed {
  readonly price: PriceId;
  readonly quantity: number;
  readonly usdPerUnit: number;
  readonly usd: number;
}

/** Takes what an account has free each month off the lines, first come, first served. */
export function withFreeUnits<Line extends Billed>(lines: readonly Line[], { prices }: PriceTable): Line[] {
  const left = new Map<PriceId, number>();
  return lines.map((line) => {
    const free = left.get(line.price) ?? prices[line.price].freeUnits ?? 0;
    const taken = Math.min(free, line.quantity);
    left.set(line.price, free - taken);
    return { ...line, usd: (line.quantity - taken) * line.usdPerUnit };
  });
}
