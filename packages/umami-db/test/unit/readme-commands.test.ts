import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { main } from '../../runtime/commands/index';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** Commands of the README with their options, e.g. `npx umami-db provision --snapshot application`. */
const CALLS = [...README.matchAll(/\bumami-db ([a-z][a-z-]+)([^`#\n]*)/g)].map(([, command = '', rest = '']) => ({
  command,
  options: rest.match(/--[a-z][a-z-]+/g) ?? [],
}));

async function helpOf(command: string): Promise<string> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await main([command, '--help']);
  const text = stdout.mock.calls.join('');
  stdout.mockRestore();
  stderr.mockRestore();
  return text;
}

test('every command of the README exists, and has the options that it is shown with', async () => {
  const unknown: string[] = [];
  for (const { command, options } of CALLS) {
    const help = await helpOf(command);
    if (!help.startsWith(`Usage: umami-db ${command} `)) unknown.push(command);
    for (const option of options) if (!help.includes(`  ${option} `)) unknown.push(`${command} ${option}`);
  }

  expect(CALLS.length).toBeGreaterThan(10);
  expect(unknown).toEqual([]);
});
