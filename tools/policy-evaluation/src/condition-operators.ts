/** The condition operators of IAM (IAM guide, "IAM JSON policy elements: Condition operators"). */
const OPERATORS = new Set([
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
]);

/** Whether IAM knows an operator, with a set before it or `IfExists` behind it; it overlooks one that it does not know. */
export function isConditionOperator(operator: string): boolean {
  const plain = operator.replace(/^(ForAllValues|ForAnyValue):/, '');
  return OPERATORS.has(plain) || (plain !== 'NullIfExists' && OPERATORS.has(plain.replace(/IfExists$/, '')));
}
