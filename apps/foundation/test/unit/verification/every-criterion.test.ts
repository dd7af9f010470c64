import { expect, test } from 'vitest';
import { DEPLOYED_CRITERIA } from '../../../src/verification';
import { CRITERIA } from '../../../src/verification/criteria';

test('each criterion is verified once, and is one of the four stories or of the alerts', () => {
  const ids = DEPLOYED_CRITERIA.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const known = Object.values(CRITERIA).flatMap((story) => Object.keys(story));
  expect(ids.filter((id) => !known.includes(id))).toEqual(['work.inactive-budget-tags']);
});
