import { describe, expect, test } from 'vitest';
import { checkFoundation } from '../../../src';
import type { Check, PlannedStack, PlannedStage } from '../../../src/preflight/check';
import { type Change, configOf } from '../modes';

export const ACCOUNT = '111122223333';
export const VPC = 'vpc-0a1b2c3d4e5f60718';

/** What is planned by the example configuration, after a change of it. */
export function planned(change: Change = () => {}, stacks: readonly PlannedStack[] = []): PlannedStage {
  const foundation = checkFoundation(configOf(change), 'foundation.config.ts');
  const region = 'eu-central-1';
  return {
    id: ACCOUNT,
    region,
    costRegion: region,
    qualifier: 'hnb659fds',
    stage: 'dev',
    config: { foundation },
    stacks,
  };
}

/** What is observed, and what is said of it: `ok`, or states with a part of what was found. */
type Case<Observed> = readonly [what: string, observed: Observed, says: readonly string[], stage?: PlannedStage];

/** A check says of each case what it has to; all that is not ok has a fix. */
export function testCheck<Observed>(check: Check<Observed>, cases: readonly Case<Observed>[]): void {
  describe(check.id, () => {
    test.each(cases.map(([what, ...rest]) => [what, rest] as const))('%s', (_, [observed, says, stage = planned()]) => {
      const outcomes = check.evaluate(observed, stage);
      expect(outcomes.map(({ state, found }) => (state === 'ok' ? 'ok' : `${state}: ${found}`))).toEqual(says);
      for (const { state, fix } of outcomes) expect(state === 'ok' || fix).toBeTruthy();
    });
  });
}
