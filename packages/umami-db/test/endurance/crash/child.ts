import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CdkCustomResourceEvent } from 'aws-lambda';
import { Client } from 'pg';
import { handler } from '../../../runtime/cloudformation/index';

/** A moment at which the process dies: at its n-th statement or call, before that is sent, or as soon as it is on its way. */
export interface Moment {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Everything that changes something outside of the process goes through these two. */
function dieAt({ at, when }: Moment): void {
  let count = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');
  for (const [prototype, method] of [
    [Client.prototype, 'query'],
    [SecretsManagerClient.prototype, 'send'],
  ] as const) {
    const original = Reflect.get(prototype, method) as (...all: unknown[]) => unknown;
    Reflect.set(prototype, method, function (this: unknown, ...all: unknown[]) {
      count += 1;
      if (count === at && when === 'before') die();
      const result = original.apply(this, all);
      if (count === at) setImmediate(die);
      return result;
    });
  }
}

async function run(): Promise<void> {
  const [event = '', moment = 'null'] = process.argv.slice(2);
  const parsed: Moment | null = JSON.parse(moment);
  if (parsed) dieAt(parsed);
  await handler(JSON.parse(event) as CdkCustomResourceEvent);
}

run().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
