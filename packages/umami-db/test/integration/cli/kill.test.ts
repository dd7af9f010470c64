import { expect, test } from 'vitest';
import { canSignIn } from '../../../runtime/connection/sign-in';
import { eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();

test('a rotation that is killed at any moment is finished by running any command once more', async () => {
  const file = ['--secret-file', commandLine.secretFile];
  await commandLine.run('provision', ...file);
  const started = performance.now();
  await commandLine.run('rotate', ...file);
  const duration = performance.now() - started;
  for (let run = 0; run < 5; run += 1) {
    // Later moments are where it writes; the process itself takes its time to start.
    await commandLine.killed(duration * (0.4 + 0.12 * run), 'rotate', ...file);
    const next = await commandLine.run(run % 2 === 0 ? 'provision' : 'rotate', ...file);

    expect(next).toMatchObject({ code: 0 });
    const { password = '' } = commandLine.secret();
    expect(await canSignIn({ ...application.administrator, user: application.target.databaseRole, password })).toBe(
      true,
    );
  }
});
