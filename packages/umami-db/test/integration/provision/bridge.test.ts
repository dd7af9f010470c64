import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami310 from '../../fixtures/catalog-3.1.0.json';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { eachApplication, PASSWORD } from '../application';
import { type CommandLine, makeCommandLine } from '../cli/command';
import { startContainer } from '../container';
import { migrationFiles } from '../prisma/migration-files';
import { id } from '../umami-schema';

const application = eachApplication();
let commandLine: CommandLine;

beforeEach(async () => {
  commandLine = makeCommandLine(application);
  await application.provision({ umamiVersion: '3.1' });
  await application.query(`insert into umami.website (website_id, name, replay_enabled) values
    ('${id(1)}', 'records', true), ('${id(2)}', 'does not', false)`);
});

afterEach(async () => {
  commandLine.close();
});

/** What a container of 3.1.0 reads: each column of each table, by name. */
const READS = Object.entries(umami310.tables).map(
  ([table, { columns }]) => `select ${columns.map(({ name }) => `"${name}"`).join(', ')} from "${table}"`,
);

const run = (command: string, ...options: string[]) => commandLine.run(command, '--owner', 'Stack/test', ...options);
const tables = async () => (await describeSchema(await application.administer(), 'umami')).tables;
const WARNING = 'Table umami.website has the temporary column replay_enabled, with which containers of Umami 3.1 go on';
const recording = () => application.query('select name, replay_enabled as on from umami.website order by name');

describe('the temporary column for Umami 3.1', () => {
  test('lets it read and write while and after the schema becomes 3.4, and its removal leaves exactly that schema', async () => {
    const umami31 = await application.signIn(application.target.databaseRole, PASSWORD);
    const migrated = application.provision({ bridge: true });
    let isMigrated = false;
    const ended = migrated.finally(() => {
      isMigrated = true;
    });
    while (!isMigrated) for (const sql of READS) await umami31.query(sql);
    const { warnings, applied } = await ended;
    for (const sql of READS) await umami31.query(sql);
    await umami31.query(`insert into website (website_id, name) values ('${id(3)}', 'new')`);

    expect([applied.length, warnings]).toEqual([7, [expect.stringContaining(WARNING.replace(' has ', ' gets '))]]);
    expect(await startContainer(application, undefined, migrationFiles('3.1'))).toEqual([]);
    expect(await recording()).toEqual([
      { name: 'does not', on: false },
      { name: 'new', on: false },
      { name: 'records', on: true },
    ]);

    // It stays when nothing is said of it, and neither is added nor removed twice.
    await umami31.query(`update website set replay_enabled = true where name = 'new'`);
    for (const bridge of [undefined, true])
      expect((await application.provision(bridge === undefined ? {} : { bridge })).warnings).toHaveLength(1);
    expect(await recording()).toContainEqual({ name: 'new', on: true });
    for (const _ of [1, 2]) expect((await application.provision({ bridge: false })).warnings).toEqual([]);
    expect(await tables()).toEqual(umami340.tables);
  });

  test('is called temporary by status, verify and the plan, with the command that removes it', async () => {
    await application.provision({ bridge: true });
    const [status, verify, plan] = [await run('status'), await run('verify'), await run('upgrade-plan')];

    const removal = 'remove it: npx umami-db provision --no-bridge';
    expect([status.code, status.stdout]).toEqual([0, expect.stringContaining(`Temporary: ${WARNING}`)]);
    expect([verify.code, verify.stdout]).toEqual([0, expect.stringContaining(`Warning: ${WARNING}`)]);
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining(`Warning: ${WARNING}`)]);
    for (const { stdout } of [status, verify, plan]) expect(stdout).toContain(removal);
    const json = JSON.parse((await run('status', '--json')).stdout);
    expect([json.tables, json.temporary]).toEqual([{ wrong: [], added: [] }, [expect.stringContaining(WARNING)]]);
  });

  test('makes the plan one of a rolling update, and its last command removes it', async () => {
    const without = (await run('upgrade-plan')).stdout.split('\n');
    const { upgrade, steps } = JSON.parse((await run('upgrade-plan', '--bridge', '--json')).stdout);
    const [first] = (await run('upgrade-plan', '--bridge')).stdout.split('\n');

    expect(without[1]).toContain('npx umami-db upgrade-plan --bridge');
    expect([upgrade.runningRelease, upgrade.bridge]).toEqual(['yes', 'planned']);
    expect(first).toContain(
      'works with the schema of 3.4 and the temporary column of --bridge; settings of the recorder',
    );
    expect(steps.map(({ text }: { text: string }) => text.split(' ')[0])).toEqual([
      'Take',
      'Migrate',
      'Replace',
      'Remove',
    ]);
    expect(steps[1].commands[0]).toContain(' --bridge');
    expect(steps[3].commands[0]).toContain(' --no-bridge');
  });

  test('is not in the way of an adoption without a ledger, nor of tables that Umami owns', async () => {
    await application.provision({ bridge: true, tablesOwner: 'umami' });
    await application.query('drop table umami._prisma_migrations; drop schema umami_migrations cascade');
    await application.query('comment on schema umami is null');
    const { applied, present } = await application.provision({ adopt: true, tablesOwner: 'umami' });
    await application.provision({ bridge: false, tablesOwner: 'umami' });

    expect([applied, present]).toEqual([[], 26]);
    expect(await tables()).toEqual(umami340.tables);
  });

  test('is not added to a schema of 3.1, which has it', async () => {
    expect((await application.provision({ bridge: true, umamiVersion: '3.1' })).warnings).toEqual([]);
    expect(await tables()).toEqual(umami310.tables);
  });
});
