import { Token } from 'aws-cdk-lib/core';

/**
 * A part of an id that stays with its rule or route when the list around it changes: one that moves to another id is
 * created before the old one is deleted, and fails because it exists.
 */
export function stableId(value: string, index: number): string {
  return Token.isUnresolved(value) ? `Number${index + 1}` : value.replaceAll('/', '-');
}
