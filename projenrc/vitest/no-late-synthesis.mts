import { afterAll } from 'vitest';

// With CDK_OUTDIR, an app of aws-cdk-lib is synthesised once more when its process ends: into a folder that the test of the
// app has removed by then.
const listeners = process.listeners('beforeExit');
afterAll(() => {
  for (const listener of process.listeners('beforeExit'))
    if (!listeners.includes(listener)) process.off('beforeExit', listener);
});
