import type { CdkCustomResourceEvent } from 'aws-lambda';
import { handler } from '../../../runtime/cloudformation/index';
import { aroundStatements, type Moment } from './statements';

function dieAt({ at, when }: Moment): void {
  let count = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');
  aroundStatements((_, send) => {
    count += 1;
    if (count === at && when === 'before') die();
    const result = send();
    if (count === at) setImmediate(die);
    return result;
  });
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
