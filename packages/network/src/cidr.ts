import { IPv4 } from 'ipaddr.js';

/** What is wrong with an IPv4 CIDR block, as the end of a sentence, or nothing. */
export function cidrProblem(cidr: string): string | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(cidr) || !IPv4.isValidCIDR(cidr))
    return 'must be an IPv4 CIDR block such as 10.40.250.0/24';
  const network = IPv4.networkAddressFromCIDR(cidr).toString();
  if (network !== cidr.split('/')[0])
    return `must be the address of a network (has host bits set; did you mean ${network}/${cidr.split('/')[1]}?)`;
  return undefined;
}

/** The ranges for private networks (RFC 1918). */
export const PRIVATE_BLOCKS: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Whether a CIDR block lies in the ranges for private networks (RFC 1918). */
export function isPrivateBlock(cidr: string): boolean {
  return PRIVATE_BLOCKS.some((range) => contains(range, cidr));
}

/** Whether one CIDR block lies wholly inside another. */
export function contains(outer: string, inner: string): boolean {
  return prefixLength(outer) <= prefixLength(inner) && networkOf(inner).match(IPv4.parseCIDR(outer));
}

/** Whether two CIDR blocks share an address. */
export function overlaps(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

function networkOf(cidr: string): IPv4 {
  return IPv4.parseCIDR(cidr)[0];
}

function prefixLength(cidr: string): number {
  return IPv4.parseCIDR(cidr)[1];
}
