import { describe, expect, test } from 'vitest';
import { parsePublicRight, unfitPublicRights } from '../../../runtime/isolation/public-right';

describe('a right of PUBLIC', () => {
  test.each([
    ['CONNECT on database postgres', ['CONNECT'], 'database postgres'],
    ['SELECT, UPDATE (card) on table app.orders', ['SELECT', 'UPDATE (card)'], 'table app.orders'],
    ['SELECT ("a, b)") on view app."on table"', ['SELECT ("a, b)")'], 'view app."on table"'],
    ['ALTER SYSTEM, SET on parameter work_mem', ['ALTER SYSTEM', 'SET'], 'parameter work_mem'],
    ['EXECUTE on function app.card(text, integer)', ['EXECUTE'], 'function app.card(text, integer)'],
    ['SELECT on later tables of owner in schema app', ['SELECT'], 'later tables of owner in schema app'],
    ['USAGE on foreign data wrapper nowhere', ['USAGE'], 'foreign data wrapper nowhere'],
  ])('is read: %s', (text, privileges, object) => {
    expect(unfitPublicRights([text])).toEqual([]);
    expect(parsePublicRight(text)).toEqual({ text, privileges, object });
  });

  test.each([
    '',
    'everything',
    'connect on database postgres',
    'CONNECT ON DATABASE postgres',
    'TEMP on database postgres',
    'ALL on table app.orders',
    'SELECT on app.orders',
    'SELECT, on table app.orders',
    'SELECT on table ',
    'revoke SELECT on table app.orders from public',
    'OWNERSHIP on table app.orders',
    'SELECT on table app.orders; drop table app.orders\n-- ',
  ])('has one form only, and not: %j', (text) => {
    const problem = `\`closePublic\` must name rights as the report of isolation prints them, such as \`TEMPORARY on database application\`, got: ${JSON.stringify(text)}.`;

    expect(unfitPublicRights(['CONNECT on database postgres', text])).toEqual([problem]);
    expect(() => parsePublicRight(text)).toThrow(problem);
  });
});
