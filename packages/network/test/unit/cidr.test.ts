import { describe, expect, test } from 'vitest';
import { cidrProblem, contains, isPrivateBlock, overlaps } from '../../src';

describe('cidrProblem', () => {
  test.each(['10.40.250.0/24', '0.0.0.0/0', '10.40.250.7/32', '255.255.255.254/31'])('accepts %s', (cidr) => {
    expect(cidrProblem(cidr)).toBeUndefined();
  });

  test.each([
    '',
    'nonsense',
    '10.40.250.0',
    '10.40.250.0/',
    '10.40.250.0/33',
    '10.40.256.0/24',
    '10.40.0/16',
    '10.40.250.0/24/24',
    ' 10.40.250.0/24',
    '10.40.250.0/-1',
    'fd00::/8',
    '::ffff:10.0.0.0/104',
    '0x0a.0.0.0/8',
  ])('fails for %o, which is no IPv4 CIDR block', (cidr) => {
    expect(cidrProblem(cidr)).toBe('must be an IPv4 CIDR block such as 10.40.250.0/24');
  });

  test.each([
    ['10.40.250.1/24', '10.40.250.0/24'],
    ['10.40.250.128/24', '10.40.250.0/24'],
    ['10.41.0.0/15', '10.40.0.0/15'],
    ['10.0.0.0/0', '0.0.0.0/0'],
  ])('fails for %s, which has host bits set, and proposes %s', (cidr, proposal) => {
    expect(cidrProblem(cidr)).toBe(`must be the address of a network (has host bits set; did you mean ${proposal}?)`);
  });
});

describe('contains', () => {
  test.each([
    ['10.40.0.0/16', '10.40.250.0/24', true, 'a part'],
    ['10.40.0.0/16', '10.40.0.0/24', true, 'its first part'],
    ['10.40.0.0/16', '10.40.255.0/24', true, 'its last part'],
    ['10.40.250.0/24', '10.40.250.0/24', true, 'itself'],
    ['10.40.250.0/24', '10.40.0.0/16', false, 'what it lies in'],
    ['10.40.0.0/24', '10.40.0.0/16', false, 'what starts with it'],
    ['10.40.250.0/25', '10.40.250.128/25', false, 'the next block above'],
    ['10.40.250.128/25', '10.40.250.0/25', false, 'the next block below'],
    ['10.40.0.0/16', '10.41.0.0/24', false, 'something else'],
    ['0.0.0.0/0', '10.40.250.0/24', true, 'anything when it is everything'],
  ])('%s and %s: %s for %s', (outer, inner, expected) => {
    expect(contains(outer, inner)).toBe(expected);
  });
});

describe('overlaps', () => {
  test.each([
    ['10.40.250.0/24', '10.40.250.0/24', true, 'equal'],
    ['10.40.0.0/16', '10.40.250.0/24', true, 'nested'],
    ['10.40.250.0/24', '10.40.249.0/24', false, 'adjacent below'],
    ['10.40.250.0/24', '10.40.251.0/24', false, 'adjacent above'],
    ['10.40.250.0/25', '10.40.250.128/25', false, 'halves of one block'],
    ['10.40.250.0/24', '172.31.0.0/16', false, 'far apart'],
  ])('%s and %s: %s, being %s, in either order', (one, other, expected) => {
    expect([overlaps(one, other), overlaps(other, one)]).toEqual([expected, expected]);
  });
});

describe('isPrivateBlock', () => {
  test.each([
    ['10.0.0.0/8', true],
    ['10.255.255.0/24', true],
    ['172.16.0.0/12', true],
    ['172.31.0.0/16', true],
    ['192.168.7.0/24', true],
    ['10.0.0.0/7', false],
    ['11.0.0.0/24', false],
    ['172.15.255.0/24', false],
    ['172.32.0.0/24', false],
    ['192.169.0.0/24', false],
    ['100.64.0.0/24', false],
    ['203.0.113.0/24', false],
  ])('%s: %s', (cidr, expected) => {
    expect(isPrivateBlock(cidr)).toBe(expected);
  });
});
