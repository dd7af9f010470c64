import { ProvisionError } from '../target/provision-error';

/**
 * An answer of a service says what is wrong; the lack of one does not.
 *
 * @param service e.g. `Secrets Manager`
 * @returns the error itself when the service answered
 */
export function explainUnreachable(service: string, error: unknown): unknown {
  const { name, code, message } = error as Error & { code?: unknown };
  if (error instanceof ProvisionError || (name !== 'TimeoutError' && typeof code !== 'string')) return error;
  return new ProvisionError(
    `${service} cannot be reached: ${message || code}. A function in a VPC needs subnets with a NAT gateway or an interface endpoint.`,
    { cause: error },
  );
}
