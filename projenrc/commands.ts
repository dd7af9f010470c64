import { CIRCLES } from './biome';
import type { Monorepo } from './monorepo';

/** A command after the build. Standard output is the command's: `npx projen estimate --json | jq .`. */
const built = (command: string) => `sh projenrc/commands/build-then.sh ${command}`;

/** What people type: `npx projen <name>`. */
export function addCommands(repository: Monorepo): void {
  repository.command('build', 'Compile every package and bundle the Lambda functions', 'nx run-many -t compile bundle');
  repository.command(
    'test',
    'Run the tests, those against a real PostgreSQL and a local AWS included',
    'nx run-many -t test integration',
  );
  repository.command(
    'test:all',
    'Run every test: all releases of PostgreSQL, killed processes, an emulated account that is broken in every way',
    // What takes longest begins first, and one more at a time than otherwise: no processor waits for the last task.
    'USER_METRICS_TEST_ALL=true nx run-many --parallel=5 -t account endurance integration test',
  );
  repository.command(
    'lint',
    'Check format, lint rules, circles of imports, the types of the tests and the terms of projenrc/words',
    'nx run-many -t lint typecheck',
    CIRCLES,
    'tsx projenrc/words/check.ts',
  );
  repository.command(
    'affected',
    'Compile, test and lint what changed since main, and what depends on it',
    'sh projenrc/commands/affected.sh',
  );
  repository.command(
    'cfn-lint',
    'Synthesise, and lint the templates with cfn-lint (installed from PyPI the first time)',
    'nx run-many -t cfn-lint',
  );
  repository.command('api', "Write each package's API.md from its doc comments", 'nx run-many -t api');
  repository.command(
    'tarball',
    'Install what would be published into an empty folder, and use it',
    'nx run-many -t tarball',
  );
  repository.command(
    'rehearse',
    'Deploy everything into an emulated AWS account on this machine, and verify it',
    built('user-metrics-rehearsal'),
  );
  for (const [name, description] of Object.entries(LIFECYCLE)) {
    repository.command(name, description, built(`user-metrics ${name}`));
  }
  repository.command(
    'tag-compliance',
    "Check the tags of what is deployed: the stacks', or with --account of everything tagged Project",
    built('tag-compliance'),
  );
  repository.command(
    'bench',
    'Measure what the documentation says of speed and size',
    built('node apps/rehearsal/lib/bench/index.js'),
  );
  repository.command(
    'release',
    'Version the packages that changed; --dry-run shows what it would do',
    'sh projenrc/commands/release.sh',
  );
  repository.command(
    'release-rehearsal',
    'Release two changed packages in a clone, publish them to a registry on this machine, and install them from there',
    'nx run-many -t compile bundle',
    'tsx projenrc/release/rehearse.ts',
  );
}

const LIFECYCLE = {
  init: 'Look into the account, by reading, and write foundation.config.ts',
  synth: 'Write the CloudFormation templates of a stage, or of all of them; needs no account',
  preflight: 'Check, before a deployment, whether it would succeed; changes nothing',
  diff: 'Show what a deployment of a stage would change',
  deploy: "Deploy a stage and the account's own stacks",
  destroy: 'Remove the stacks of a stage; recordings and data are kept',
  verify: 'Verify every criterion of a deployed stage from its account, by reading',
  estimate: 'Price the stages before they are deployed; needs no account',
  snapshot:
    'Write what exists in the account and is not managed by these stacks into a file, or compare two such files',
  baseline: 'Measure what the existing database does, or compare two such measurements; changes nothing',
  'cost-review':
    'Review the cost of a month: by service and component, against the month before, the estimate and the limit',
  'alert-test': "Send a test alert to the account's alert topic and list who gets it",
};
