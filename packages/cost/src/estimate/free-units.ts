import type { EstimateLine } from './estimate';
import type { PriceId, PriceTable } from './price-table';

/** Takes what an account has free each month off the lines, first come, first served. */
export function withFreeUnits(lines: readonly EstimateLine[], { prices }: PriceTable): EstimateLine[] {
  const left = new Map<PriceId, number>();
  return lines.map((line) => {
    const free = left.get(line.price) ?? prices[line.price].freeUnits ?? 0;
    const taken = Math.min(free, line.quantity);
    left.set(line.price, free - taken);
    return { ...line, usd: (line.quantity - taken) * line.usdPerUnit };
  });
}
