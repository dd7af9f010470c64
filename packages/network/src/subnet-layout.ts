import { Token } from 'aws-cdk-lib/core';
import { cidrProblem } from './cidr';
import { NetworkError } from './network-error';

/** How a /24 is divided among two Availability Zones. */
export interface SubnetLayout {
  /** Two /27, 27 usable addresses each: a load balancer needs 8 of them. */
  readonly publicBlocks: readonly [string, string];
  /** Two /26, 59 usable addresses each: the tasks. */
  readonly privateBlocks: readonly [string, string];
  /** The /26 that nothing uses. */
  readonly freeBlock: string;
}

/**
 * Divides a /24 as the `Vpc` of aws-ec2 does with public subnets first: .0/27, .32/27, .64/26, .128/26; .192/26 stays
 * free.
 *
 * @param block the /24
 * @throws NetworkError when it is no /24, or not the address of a network
 */
export function subnetLayout(block: string): SubnetLayout {
  const problem = Token.isUnresolved(block) ? 'must be known at synth' : (cidrProblem(block) ?? sizeProblem(block));
  if (problem) throw new NetworkError(`\`block\` ${problem}, got: ${block}. Choose a free /24 such as 10.40.250.0/24.`);
  const at = (offset: number, prefixLength: number) => block.replace(/\d+\/24$/, `${offset}/${prefixLength}`);
  return {
    publicBlocks: [at(0, 27), at(32, 27)],
    privateBlocks: [at(64, 26), at(128, 26)],
    freeBlock: at(192, 26),
  };
}

function sizeProblem(block: string): string | undefined {
  return block.endsWith('/24') ? undefined : 'must be a /24';
}
