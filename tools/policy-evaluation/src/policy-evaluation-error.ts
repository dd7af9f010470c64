/** A request, policy or template that cannot be evaluated; the message says why. */
export class PolicyEvaluationError extends Error {
  override readonly name = 'PolicyEvaluationError';
}
