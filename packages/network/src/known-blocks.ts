import { Token } from 'aws-cdk-lib/core';
import { cidrProblem } from './cidr';
import { NetworkError } from './network-error';

/**
 * The CIDR blocks of a VPC that are known at synth.
 *
 * @param prop name of the prop that lists them
 * @param command what shows them
 * @throws NetworkError when one of them is no CIDR block
 */
export function knownBlocks(prop: string, blocks: readonly string[], command = 'aws ec2 describe-vpcs'): string[] {
  const known = blocks.filter((block) => !Token.isUnresolved(block));
  for (const block of known) {
    const problem = cidrProblem(block);
    if (problem) throw new NetworkError(`\`${prop}\` ${problem}, got: ${block}. Find them with: ${command}`);
  }
  return known;
}
