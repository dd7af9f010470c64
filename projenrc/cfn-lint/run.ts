import { lintTemplates } from './cfn-lint';

const [folder = 'apps/foundation/cdk.out'] = process.argv.slice(2);
process.exitCode = lintTemplates(folder, {
  env: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
});
