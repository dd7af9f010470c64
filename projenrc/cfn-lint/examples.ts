import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Synthesises each example on top of the foundation into a folder of its own; the packages must be compiled. */
export function synthesiseExamples(examples: string, folder: string): void {
  const contexts = JSON.parse(readFileSync(join(examples, 'context.json'), 'utf8')) as object;
  for (const [name, context] of Object.entries(contexts)) {
    const env = { ...process.env, CDK_OUTDIR: join(folder, name), CDK_CONTEXT_JSON: JSON.stringify(context) };
    const app = join(examples, name, 'app.ts');
    execFileSync(process.execPath, ['--import', 'tsx', app], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
