import { expect, test } from 'vitest';
import { makeApplication } from '../application';
import { makeCommandLine } from './command';

test('capture prints a baseline alone on stdout, and what it lacks on stderr', async () => {
  const application = await makeApplication();
  const commandLine = makeCommandLine(application);
  const { code, stdout, stderr } = await commandLine.run('baseline capture', '--seconds', '1', '--samples', '2');
  commandLine.close();
  await application.close();

  expect([code, JSON.parse(stdout)]).toMatchObject([0, { format: 1, identity: { hasUmami: false } }]);
  expect(stderr).toContain(`To read it: grant pg_monitor to "${application.administrator.user}"\n`);
});
