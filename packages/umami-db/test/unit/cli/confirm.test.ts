import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { requireConfirmed } from '../../../runtime/cli/confirm';

function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()].map((stream) =>
    Object.assign(stream, { isTTY: true }),
  );
  if (!input || !output) throw new Error('no streams');
  return { input, output };
}

const would = async () => ['would be removed: schema umami'];

test('on a terminal, what would be removed is shown, and the name of the database is asked for', async () => {
  const { input, output } = terminal();
  const confirmed = requireConfirmed('application', undefined, would, { input, output });
  input.write('application\n');
  await confirmed;

  expect(String(output.read())).toMatch(/^would be removed: schema umami\n.*Type the name of the database/);
});

test.each([
  ['another answer', (input: PassThrough) => input.write('other\n')],
  ['Ctrl-C', (input: PassThrough) => input.write('\u0003'), '\nNothing was removed.'],
  ['a closed terminal', (input: PassThrough) => input.end()],
])('%s removes nothing', async (_, answer, message = 'The answer was not application: nothing was removed.') => {
  const { input, output } = terminal();
  const confirmed = requireConfirmed('application', undefined, would, { input, output });
  answer(input);

  await expect(confirmed).rejects.toThrow(message);
});
