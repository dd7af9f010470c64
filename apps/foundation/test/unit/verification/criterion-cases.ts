import { describe, expect, test } from 'vitest';
import { checkFoundation } from '../../../src';
import type { ExpectedStage } from '../../../src/account/deployed-stage';
import type { Criterion } from '../../../src/verification/criterion';
import { type Change, configOf } from '../modes';

export const ACCOUNT = '111122223333';

/** What the example configuration expects, after a change of it. */
export function expectedStage(change: Change = () => {}): ExpectedStage {
  const foundation = checkFoundation(configOf(change), 'foundation.config.ts');
  return { id: ACCOUNT, region: 'eu-central-1', stage: 'dev', config: { foundation } };
}

/** Something that is wrong in an account, or that the configuration asks for and the account does not have. */
interface Case<Observed> {
  /** @default - the account is as the configuration says */
  readonly observed?: Observed;
  /** @default - the example configuration */
  readonly expected?: ExpectedStage;
  /** All that the criterion says. */
  readonly says: readonly string[];
}

/** A criterion passes for what a right account gives, and fails with exactly these words for what is wrong. */
export function testCriterion<Observed>(
  criterion: Criterion<Observed>,
  right: Observed,
  cases: { readonly [what: string]: Case<Observed> },
  expected = expectedStage(),
): void {
  describe(criterion.id, () => {
    test('passes when the account is as the configuration says', () => {
      expect(criterion.evaluate(right, expected)).toMatchObject({ wrong: [], evidence: expect.stringMatching(/./) });
    });
    test('has a case that makes it fail', () => expect(cases).not.toEqual({}));
    test.each(Object.entries(cases))('fails: %s', (_, { observed = right, expected: other = expected, says }) => {
      expect(criterion.evaluate(observed, other).wrong).toEqual(says);
    });
  });
}
