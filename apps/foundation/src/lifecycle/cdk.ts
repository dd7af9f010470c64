import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runToEnd } from './child-process';

/** Runs the CDK CLI that this package depends on, over an assembly that is synthesised already. */
export function runCdk(command: string, assembly: string, args: readonly string[]): Promise<number> {
  const manifest = createRequire(__filename).resolve('aws-cdk/package.json');
  const cli = join(dirname(manifest), 'bin', 'cdk');
  return runToEnd(process.execPath, [cli, command, '--app', assembly, ...args]);
}
