import type { Stage } from '@user-metrics/foundation';
import { describe, expect, test } from 'vitest';
import { blocksOfFoundation, freeBlocks, vpcBlocks } from '../../src/account/existing-application/blocks';
import { RehearsalError } from '../../src/rehearsal-error';

const stage = (network: object) => ({ network }) as unknown as Stage;
const subnet = (cidrBlock: string) => ({ cidrBlock });

describe.each([
  [
    'inside',
    stage({ mode: 'inside', vpcCidrBlocks: ['10.40.0.0/16', '10.41.0.0/24'], block: '10.40.250.0/24' }),
    ['10.40.0.0/16', '10.41.0.0/24'],
    ['10.40.250.0/24'],
  ],
  ['new', stage({ mode: 'new' }), ['10.40.0.0/16'], []],
  ['new with peering', stage({ mode: 'new', peering: { vpcCidrBlocks: ['10.9.0.0/16'] } }), ['10.9.0.0/16'], []],
  [
    'existing',
    stage({
      mode: 'existing',
      publicSubnets: [subnet('10.7.1.0/27'), subnet('10.7.1.32/27')],
      privateSubnets: [subnet('10.7.2.0/26'), subnet('10.8.0.64/26')],
    }),
    ['10.7.0.0/16', '10.8.0.0/16'],
    ['10.7.1.0/27', '10.7.1.32/27', '10.7.2.0/26', '10.8.0.64/26'],
  ],
])('in mode %s', (_, of, blocks, ours) => {
  test("the application's VPC has the blocks of the configuration", () => {
    expect(vpcBlocks(of)).toEqual(blocks);
  });

  test('the foundation uses its own', () => {
    expect(blocksOfFoundation(of)).toEqual(ours);
  });
});

describe('free blocks', () => {
  test('are the first that nobody uses', () => {
    expect(freeBlocks(['10.0.0.0/24'], ['10.0.0.0/27', '10.0.0.192/26'], 2)).toEqual(['10.0.0.64/26', '10.0.0.128/26']);
  });

  test('go on in the next block', () => {
    expect(freeBlocks(['10.0.0.0/26', '10.9.0.0/25'], [], 3)).toEqual(['10.0.0.0/26', '10.9.0.0/26', '10.9.0.64/26']);
  });

  test('have parts above 127', () => {
    expect(freeBlocks(['192.168.255.128/25'], [], 2)).toEqual(['192.168.255.128/26', '192.168.255.192/26']);
  });

  test('may not be enough', () => {
    expect(() => freeBlocks(['10.0.0.0/25'], ['10.0.0.0/26'], 2)).toThrow(RehearsalError);
  });
});
