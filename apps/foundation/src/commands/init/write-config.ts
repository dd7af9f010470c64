import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { CommandError, EXIT } from '../../command-error';
import type { InitReport } from '../../init/report';
import { say } from '../../report/terminal';
import { shownDiff } from './shown-diff';
import type { Person } from './terminal';

/** Writes the file where it is new, or where a person or `--yes` agrees. */
export async function writeConfig(
  file: string,
  text: string,
  { yes, person }: { readonly yes: boolean | undefined; readonly person: Person | undefined },
): Promise<InitReport['state']> {
  const shown = relative(process.cwd(), file) || file;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const changes = shownDiff(shown, before ?? '', text, process.stderr.isTTY === true);
  if (changes === undefined) {
    say(`${shown} is as it would be written.`);
    return 'unchanged';
  }
  say(changes);
  if (before !== undefined && !yes) {
    if (!person)
      throw new CommandError(
        `${shown} exists and would change as shown. Overwrite it with --yes, or write another file with --output.`,
        EXIT.usage,
      );
    if (!(await person.agrees(`Overwrite ${shown}? What the configuration had is lost, other stages too.`))) {
      say(`${shown} is as it was.`);
      return 'refused';
    }
  }
  writeFileSync(file, text);
  say(`Written: ${shown}`);
  return before === undefined ? 'created' : 'changed';
}
