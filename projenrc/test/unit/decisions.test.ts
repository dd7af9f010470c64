import { expect, test } from 'vitest';
import { row } from '../../decisions';

test('a decision is listed with its title, its status and its date', () => {
  expect(row('007-queues.md', '# 7. Queues are FIFO\n\nSuperseded by 9, 2026-01-31.\n\nBecause …')).toBe(
    '| 7 | [Queues are FIFO](007-queues.md) | Superseded by 9, 2026-01-31 |',
  );
});

test.each(['# 7. Queues are FIFO\n\nBecause …', '# Queues are FIFO\n\nAccepted, 2026-01-31.\n'])(
  'one without a number or a status is refused: %j',
  (text) => {
    expect(() => row('007-queues.md', text)).toThrow('docs/decisions/007-queues.md must begin with');
  },
);
