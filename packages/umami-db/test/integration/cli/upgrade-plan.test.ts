import { beforeEach, describe, expect, test } from 'vitest';
import { migrateByContainer } from '../container';
import { stateOf } from '../state';
import { id } from '../umami-schema';
import { eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();

const provision = (...options: string[]) =>
  commandLine.run('provision', '--secret-file', commandLine.secretFile, ...options);

/** The plan as a person and as a machine gets it, which changes nothing. */
async function planOf(...options: string[]) {
  const before = await stateOf(application);
  const { code, stdout, stderr } = await commandLine.run('upgrade-plan', ...options);
  const json = await commandLine.run('upgrade-plan', ...options, '--json');
  expect([json.code, json.stderr]).toEqual([code, stderr]);
  expect(await stateOf(application)).toEqual(before);
  return { code, stderr, lines: stdout.split('\n'), json: JSON.parse(json.stdout) };
}

const SESSION_DATA = `insert into umami.session_data (session_data_id, website_id, session_id, data_key, data_type)
  select gen_random_uuid(), md5('w')::uuid, md5((n % 90)::text)::uuid, 'plan', 1 from generate_series(1, 100) n;
  insert into umami.website (website_id, name) values ('${id(1)}', 'one')`;

describe('an Umami 3.1', () => {
  beforeEach(async () => {
    await provision('--umami-version', '3.1');
    await application.query(SESSION_DATA);
  });

  test('is told first that no rolling update is possible; then what each migration does, and the steps', async () => {
    const { code, lines, json } = await planOf();

    expect([code, lines[0]]).toEqual([
      0,
      'A rolling update is NOT possible: Umami 3.1 fails on every page view and in its dashboard as soon as 20_add_heatmap is in. Stop Umami, migrate, then start Umami 3.4.',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Schema umami has Umami 3.1 (19_add_session_replay); Umami 3.4 (26_add_api_key) needs 7 more migrations:',
        '  20_add_heatmap: under 1 s; locks website ACCESS EXCLUSIVE',
        '    updates at most 1 rows of website',
        '  21_add_session_link: under 1 s; locks no table that exists',
        '  23_update_session_data: under 1 s; locks session_data SHARE ROW EXCLUSIVE',
        '    deletes 10 rows of session_data',
        expect.stringMatching(/^Warning: 23_update_session_data deletes 10 rows of table umami\.session_data for good/),
        expect.stringMatching(/^All 7 run in one transaction of about 0\.5 s: .* locks session_data, .*, website \(/),
      ]),
    );
    const steps = lines.filter((line) => /^\d\. /.test(line)).map((line) => line.split(/[ .]+/, 2).join(' '));
    expect(steps).toEqual(['1 Take', '2 Stop', '3 Migrate', '4 Start']);
    expect(lines.join('\n')).toContain('<task definition with the image of Umami 3.4.1>');
    expect(json.upgrade).toMatchObject({ runningRelease: 'no', from: { release: '3.1' }, to: { release: '3.4' } });
    expect(json.steps).toHaveLength(4);
  });

  test('is upgraded by the command that the plan prints', async () => {
    const { lines } = await planOf();
    const printed = lines.find((line) => line.includes('npx umami-db provision')) ?? '';
    expect(printed).toContain('--secret <ARN>');
    const words = printed.replace('--secret <ARN>', '').match(/[^\s']+|'[^']*'/g) ?? [];
    const options = words.slice(3).map((word) => word.replaceAll("'", ''));
    const { code, stdout } = await provision(...options);

    expect([code, stdout]).toEqual([0, expect.stringContaining('26 migrations, 7 of them applied now')]);
    expect((await planOf()).lines[0]).toBe(
      'Schema umami has the release that was asked for (26_add_api_key): there is nothing to do.',
    );
  });

  test('of more than 100,000 rows is estimated by the statistics of PostgreSQL', async () => {
    await application.query(`insert into umami.session_replay
      (replay_id, website_id, session_id, visit_id, chunk_index, events, event_count, started_at, ended_at)
      select gen_random_uuid(), md5('w')::uuid, md5('s')::uuid, md5('v')::uuid, n, '', 1, now(), now()
      from generate_series(1, 100001) n;
      update pg_class set reltuples = 10e6 where oid = 'umami.session_replay'::regclass`);
    const { json } = await planOf('--umami-version', '3.3');

    const [, , factors] = json.upgrade.migrations;
    expect(factors).toMatchObject({ name: '22_add_2fa', seconds: 3.5 });
    expect(json.upgrade.seconds).toBe(4);
  });
});

test('from 3.2 on the schema is migrated first, and the containers are replaced while it works', async () => {
  await provision('--umami-version', '3.2');
  const { code, lines, json } = await planOf('--umami-version', '3.3');

  expect([code, json.upgrade.runningRelease]).toEqual([0, 'yes']);
  expect(lines[0]).toBe(
    'A rolling update is possible: Umami 3.2 works with the schema of 3.3.1. Migrate first, then replace the containers.',
  );
  expect(lines[1]).toMatch(/^Of two first writes of the same session key at the same moment Umami 3\.2 then fails one/);
  expect(json.steps.map(({ text }: { text: string }) => text.split(' ')[0])).toEqual(['Take', 'Migrate', 'Replace']);
});

test('a schema that a container of 2.17 made was not tried, and its command adopts it', async () => {
  await migrateByContainer(application, { version: '2.17', madeBy: 'administrator' });
  const { code, lines } = await planOf();

  expect([code, lines[0]]).toEqual([0, expect.stringContaining('whether Umami 2.14 works with the schema of 3.4 was')]);
  expect(lines.find((line) => line.includes('npx umami-db provision'))).toContain(' --adopt');
});

describe('there is no upgrade', () => {
  test('of a schema without tables', async () => {
    const { code, lines, json } = await planOf();
    const sentence =
      'Schema umami has no tables of Umami: there is nothing to upgrade. To make them: npx umami-db provision --help';
    expect([code, lines[0], json]).toEqual([0, sentence, { upgrade: null, sentence, ahead: [], warnings: [] }]);
  });

  test('of a schema of a newer Umami, or to an older one', async () => {
    await provision();
    const older = await planOf('--umami-version', '3.1');
    expect([older.code, older.stderr]).toEqual([1, expect.stringContaining('Schema umami is beyond Umami 3.1')]);

    await application.query(`insert into umami._prisma_migrations (id, checksum, finished_at, migration_name)
      values ('x', 'x', now(), '27_newer')`);
    const { code, lines } = await planOf();
    expect([code, lines[0]]).toEqual([0, expect.stringContaining('umami-db does not know: 27_newer.')]);
  });
});
