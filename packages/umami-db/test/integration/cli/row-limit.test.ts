import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { inspectAndPlan } from '../../../runtime/provision/plan';
import { DEFAULT_LIMITS } from '../../../runtime/target/target';
import { migrateByContainer } from '../container';
import { BIN, eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();

test('the command that a refusal for too many rows prints leaves nothing to do for what was refused', async () => {
  await migrateByContainer(application, { version: '2.9', madeBy: 'administrator' });
  await application.query(`update umami._prisma_migrations set finished_at = null
    where migration_name = (select max(migration_name) from umami._prisma_migrations)`);
  await application.query(`insert into umami.website_event (event_id, website_id, session_id, url_path)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '/' from generate_series(1, 20)`);
  const target = {
    ...application.target,
    owner: { ...application.target.owner, name: "Stack/o'test" },
    adopt: true,
    repair: true,
    tablesOwner: 'umami',
    umamiVersion: '3.0',
    limits: { ...DEFAULT_LIMITS, connections: 24, idleInTransactionSeconds: 33 },
  } as const;
  const reachedBy = `--secret-file ${commandLine.secretFile} --umami-administrator none`;
  const refused = await application.provision(target, { rowLimit: 10, reachedBy }).then(
    () => '',
    (error: Error) => error.message,
  );
  const [, command = ''] = /Run this first, and deploy again: (.*)$/.exec(refused) ?? [];
  expect(refused).toContain('Run this first');
  expect(command).toMatch(/^npx umami-db provision --secret-file /);
  execFileSync('sh', ['-c', command.replace('npx umami-db', `"${process.execPath}" "${BIN}"`)], {
    env: { ...process.env, ...commandLine.environment },
    stdio: 'pipe',
  });

  const input = { password: 'x', canSignIn: async () => true, rowLimit: 10 };
  const { sections } = await inspectAndPlan(await application.administer(), target, input);
  const left = sections.flatMap(({ statements }) => statements.map(({ sql }) => sql));
  // The resource writes its own id into the ownership comments; everything else is as it would have made it.
  expect(left.filter((sql) => !sql.startsWith('comment on '))).toEqual([]);
});
