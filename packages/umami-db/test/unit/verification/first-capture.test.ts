import { expect, test } from 'vitest';
import { firstCaptureIn, firstCaptureLines } from '../../../runtime/verification/first-capture';

const capture = {
  capturedAt: '2026-11-27T05:00:00.000Z',
  notRead: Array.from({ length: 9_000 }, (_, n) => `"é\n${n}`),
};

test('a capture of any size is read from lines of less than 256 KB, in any order and between others', () => {
  const lines = firstCaptureLines(capture);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThan(200_000);
  expect(lines.join('')).not.toContain('\n');

  expect(firstCaptureIn(['START', '{"warning":"x"}', ...lines.toReversed(), 'null', 'END'])).toEqual(capture);
});

test('that nothing was captured is told from nothing being told', () => {
  expect(firstCaptureIn(['START', ...firstCaptureLines(null)])).toBeNull();
  expect(firstCaptureIn(['START', 'null'])).toBeUndefined();
});

test('a capture that lost a line is none', () => {
  expect(firstCaptureIn(firstCaptureLines(capture).slice(1))).toBeUndefined();
  expect(firstCaptureIn([])).toBeUndefined();
});
