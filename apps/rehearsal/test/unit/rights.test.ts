import { expect, test } from 'vitest';
import { wrongOutcomes } from '../../src/account/rights/attempts';

const refusal = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
const read = { what: "read Umami's secret", isAllowed: true };
const readAdmin = { what: 'read the admin secret', isAllowed: false, error: refusal };

test.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationErrorException'])(
  'nothing is wrong when what is allowed succeeds and the rest is refused with %s',
  (name) => {
    const error = Object.assign(new Error('not authorized'), { name });
    expect(wrongOutcomes([read, { ...readAdmin, error }])).toEqual([]);
  },
);

test.each([
  ['the role can do more', { ...readAdmin, error: undefined }, 'it can read the admin secret'],
  ['the role can do less', { ...read, error: refusal }, "it cannot read Umami's secret: not authorized"],
  [
    'another error is no refusal',
    { ...readAdmin, error: new TypeError('fetch failed') },
    'whether it can read the admin secret is not known: TypeError fetch failed',
  ],
])('fails: %s', (_, outcome, says) => {
  expect(wrongOutcomes([read, outcome, readAdmin])).toEqual([says]);
});
