import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintTemplates } from './cfn-lint';
import { synthesiseExamples } from './examples';

const [folder = 'apps/foundation/cdk.out'] = process.argv.slice(2);
const surroundings = { env: process.env, say: (line: string) => process.stdout.write(`${line}\n`) };
const examples = mkdtempSync(join(tmpdir(), 'user-metrics-examples-'));
try {
  synthesiseExamples(join(__dirname, '..', '..', 'examples'), examples);
  process.exitCode = Math.max(lintTemplates(folder, surroundings), lintTemplates(examples, surroundings));
} finally {
  rmSync(examples, { recursive: true, force: true });
}
