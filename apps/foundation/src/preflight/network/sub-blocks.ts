/** The CIDR blocks of a prefix length that a block consists of, lowest first; none when it is smaller than one of them. */
export function subBlocks(cidr: string, prefixLength: number): string[] {
  const [address = '', length] = cidr.split('/');
  const start = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const count = Math.floor(2 ** (prefixLength - Number(length)));
  return Array.from({ length: count }, (_, index) => {
    const number = start + index * 2 ** (32 - prefixLength);
    const bytes = [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256);
    return `${bytes.join('.')}/${prefixLength}`;
  });
}
