import { Lazy } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { contains, NetworkError, overlaps, subnetLayout } from '../../src';

const HINT = 'Choose a free /24 such as 10.40.250.0/24.';

test('a /24 gives two public /27, two private /26 and a free /26', () => {
  expect(subnetLayout('10.40.250.0/24')).toEqual({
    publicBlocks: ['10.40.250.0/27', '10.40.250.32/27'],
    privateBlocks: ['10.40.250.64/26', '10.40.250.128/26'],
    freeBlock: '10.40.250.192/26',
  });
});

test.each(['10.0.0.0/24', '192.168.24.0/24', '172.31.255.0/24'])(
  'the parts of %s lie in it and do not overlap',
  (block) => {
    const { publicBlocks, privateBlocks, freeBlock } = subnetLayout(block);
    const parts = [...publicBlocks, ...privateBlocks, freeBlock];
    expect(parts.filter((part) => !contains(block, part))).toEqual([]);
    expect(parts.flatMap((one, index) => parts.slice(index + 1).filter((other) => overlaps(one, other)))).toEqual([]);
  },
);

test.each([
  ['10.40.0.0/16', 'must be a /24'],
  ['10.40.250.0/25', 'must be a /24'],
  ['10.40.250.0/23', 'must be a /24'],
  ['10.40.250.7/24', 'must be the address of a network (has host bits set; did you mean 10.40.250.0/24?)'],
  ['10.40.250.0', 'must be an IPv4 CIDR block such as 10.40.250.0/24'],
  ['', 'must be an IPv4 CIDR block such as 10.40.250.0/24'],
])('fails for %o: %s', (block, problem) => {
  expect(() => subnetLayout(block)).toThrow(new NetworkError(`\`block\` ${problem}, got: ${block}. ${HINT}`));
});

test('fails for a block that only the deployment knows, because it is divided at synth', () => {
  const block = Lazy.string({ produce: () => '10.40.250.0/24' });
  expect(() => subnetLayout(block)).toThrow(
    new NetworkError(`\`block\` must be known at synth, got: ${block}. ${HINT}`),
  );
});

test('its errors are told from others by their name', () => {
  expect(() => subnetLayout('x')).toThrow(expect.objectContaining({ name: 'NetworkError' }));
});
