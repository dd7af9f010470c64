import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder whose `@aws-sdk/*` the functions in the emulator find: AWS has the SDK in its Node.js runtimes, here
 * nothing has. Every package that a function of ours or of the CDK needs is a dependency of this workspace.
 */
export function functionModules(): string {
  const manifest = createRequire(__filename).resolve('@aws-sdk/client-secrets-manager/package.json');
  return join(dirname(manifest), '..', '..');
}
