import { expect, test } from 'vitest';
import { expectKnown, KNOWN, migrationsFolder, UMAMI_36 } from '../../support/migrations-folder';
import { stateOf } from '../state';
import { eachCommandLine } from './command';

expectKnown();

const FOLDER = migrationsFolder({ ...KNOWN, ...UMAMI_36 });
const NAMES = Object.keys(UMAMI_36);

const { application, commandLine } = eachCommandLine();

test('the migrations of a folder are shown, printed, applied, and part of status and verify', async () => {
  const secret = ['--secret-file', commandLine.secretFile];
  const folder = ['--migrations', FOLDER];
  await commandLine.run('provision', ...secret);
  const before = await stateOf(application);
  const dry = await commandLine.run('provision', ...secret, ...folder, '--dry-run');
  const planned = await commandLine.run('status', ...folder, '--json');
  const upgrade = await commandLine.run('upgrade-plan', ...folder);
  const { stdout: script } = await commandLine.run('script', ...secret, ...folder);

  for (const name of NAMES) expect(dry.stdout).toContain(`Would run (migration ${name}): migration ${name}\n`);
  expect(JSON.parse(planned.stdout)).toMatchObject({ pending: NAMES, ahead: [], problems: [] });
  expect(upgrade.stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'A rolling update is NOT possible: whether Umami 3.4 works with the schema of 28_website_goal was not tried. Stop Umami, migrate, then start Umami 28_website_goal.',
      '  27_add_goal: time not known; locks no table that exists',
      '  28_website_goal: time not known; locks website ACCESS EXCLUSIVE',
      'The 2 that this version of umami-db does not have run in a transaction each. Each locks every table that it names.',
      expect.stringMatching(/^3\. Migrate the schema \(time not known\)/),
      expect.stringMatching(/^ {5}npx umami-db provision .* --migrations <folder>/),
    ]),
  );
  for (const name of NAMES) expect(script).toContain(`\n-- migration ${name}\nbegin;\n`);
  expect(await stateOf(application)).toEqual(before);

  expect(await commandLine.run('provision', ...secret, ...folder)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Schema umami has 28 migrations, 2 of them applied now.\n'),
  });
  const known = await commandLine.run('status', ...folder, '--json');
  expect(JSON.parse(known.stdout)).toMatchObject({ pending: [], ahead: [], tables: { wrong: [], added: [] } });
  const unknown = await commandLine.run('status', '--json');
  expect(JSON.parse(unknown.stdout)).toMatchObject({ pending: [], ahead: NAMES, tables: null, problems: [] });
  expect(await commandLine.run('verify', ...secret, ...folder)).toMatchObject({ code: 0 });
  expect((await commandLine.run('script', ...secret, ...folder)).stdout).toContain(': nothing to do.\n');
  expect(await commandLine.run('rollback', '--confirm', application.target.database)).toMatchObject({ code: 0 });
});

test('a folder that is not one of Umami is invalid usage, and so is a release beside it', async () => {
  const without = migrationsFolder({ ...UMAMI_36 });
  const refused = await commandLine.run('status', '--migrations', without);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(
      /--migrations must be the folder prisma\/migrations of an image of Umami, got: .*\n {2}None of/,
    ),
  ]);

  const both = await commandLine.run('status', '--migrations', FOLDER, '--umami-version', '3.4');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining("cannot be used with option '--umami-version")]);
});
