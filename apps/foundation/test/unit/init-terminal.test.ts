import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Person, personAt } from '../../src/commands/init/terminal';

const [DOWN, ENTER, CTRL_C] = ['\u001b[B', '\r', '\u0003'];
const options = [{ value: 'none', hint: 'nothing' }, { value: 'sst' }];
const address = (person: Person) =>
  person.text('--email', 'Which address?', (text) => (text.includes('@') ? undefined : 'It must have an @.'));

/** Asks, and types each line when what is before it has been shown. */
async function answer<T>(
  ask: (person: Person) => Promise<T>,
  ...typed: readonly (readonly [shown: RegExp, keys: string])[]
) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const answered = ask(personAt({ input, output }));
  // Awaited below: a rejection in between is not lost.
  answered.catch(() => {});
  for (const [expected, keys] of typed) {
    await expect.poll(() => shown, { interval: 10 }).toMatch(expected);
    for (const key of keys === DOWN ? [keys] : keys) input.write(key);
  }
  return answered;
}

test.each<[string, (person: Person) => Promise<unknown>, (readonly [RegExp, string])[], unknown]>([
  ['the first of several', (person) => person.choose('', 'Who?', options), [[/Who\?.*none/s, ENTER]], 'none'],
  [
    'the second',
    (person) => person.choose('', 'Who?', options),
    [
      [/none/, DOWN],
      [/sst/, ENTER],
    ],
    'sst',
  ],
  ['a text', address, [[/Which/, `a@b ${ENTER}`]], 'a@b'],
  [
    'a text that is corrected',
    address,
    [
      [/Which/, `a${ENTER}`],
      [/must have an @/, `@b${ENTER}`],
    ],
    'a@b',
  ],
  ['no, unless a person says yes', (person) => person.agrees('Overwrite?'), [[/Overwrite/, ENTER]], false],
  ['yes', (person) => person.agrees('Overwrite?'), [[/Overwrite/, 'y']], true],
])('a person answers: %s', async (_, ask, typed, expected) => {
  expect(await answer(ask, ...typed)).toBe(expected);
});

test('Ctrl-C ends it, and nothing is written', async () => {
  await expect(answer(address, [/Which/, CTRL_C])).rejects.toThrow('init was cancelled. Nothing was written.');
});
