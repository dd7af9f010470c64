import { cidrProblem, isPrivateBlock } from '@user-metrics/network';
import { text } from '../expectations';

/** Any IPv4 network. */
export const cidrBlock = text(
  'must be the address of an IPv4 network such as 10.40.0.0/16, without host bits',
  'Find it with: aws ec2 describe-vpcs (or describe-subnets)',
  (block) => cidrProblem(block) === undefined,
);

/** Whether a value that may be wrong is a CIDR block. */
export const isCidr = (value: unknown): value is string =>
  typeof value === 'string' && cidrProblem(value) === undefined;

/** The /24 of the foundation. */
export const block = text(
  'must be the address of a private /24 such as 10.40.250.0/24, without host bits',
  'Choose a /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 that no subnet uses',
  (candidate) => isCidr(candidate) && candidate.endsWith('/24') && isPrivateBlock(candidate),
);
