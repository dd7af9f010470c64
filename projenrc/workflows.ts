import { github, type Project } from 'projen';
import { ACTIONS } from './actions';
import { CIRCLES } from './biome';
import { addReleaseWorkflow } from './release/workflow';
import { NODE_VERSIONS_IN_CI } from './versions';

/** nx names the index of its cache after the machine, and each run has a new one. */
const TAKE_OVER_CACHE = [
  'index=$(ls -t .nx/workspace-data/*.db 2>/dev/null | head -1)',
  '[ -z "$index" ] || mv -f "$index" ".nx/workspace-data/$(cat /etc/machine-id)-${index##*-}"',
].join('\n');

const READ_ONLY = { contents: github.workflows.JobPermission.READ };
const NODE = '${{ matrix.node }}';

/** Killed processes, all releases of PostgreSQL and a broken account take long, and are the same on every Node.js. */
const ON_OTHER_RELEASES = 'npx projen build && npx projen test && npx projen rehearse --fast';

/** Each package, packed and installed beside the oldest releases that its peer dependencies allow, and the newest. */
const BESIDE_OLDEST_CDK = 'npx projen build && USER_METRICS_OLDEST_CDK=true npx projen tarball';

/** The newest release of the line that the peer dependencies allow: a user's `npm install` brings it. */
const BESIDE_NEWEST_CDK =
  'npm install --no-save --ignore-scripts aws-cdk-lib@2 && npx projen build && npx nx run-many -t test synth';

/** In UTC; what tests download, such as releases of PostgreSQL, changes without a commit. */
const NIGHTLY = '17 3 * * *';

/** A command that writes files, and has to leave everything as it is committed: a new file counts as well. */
const unchanged = (command: string) =>
  `${command} && git status --porcelain && git diff && test -z "$(git status --porcelain)"`;

const KEEP_CACHE: github.workflows.JobStep[] = [
  {
    name: 'Keep the cache of nx between runs',
    uses: ACTIONS.cache,
    with: {
      path: '.nx',
      key: `nx-\${{ runner.os }}-${NODE}-\${{ github.sha }}`,
      'restore-keys': `nx-\${{ runner.os }}-${NODE}-`,
    },
  },
  { name: 'Take over the cache', run: TAKE_OVER_CACHE },
];

/** Pull requests run what they affect; main runs everything, every night too. Neither has credentials. */
export function addWorkflows(project: Project): void {
  const gitHub = new github.GitHub(project, { mergify: false, pullRequestLint: false, pullRequestBackport: false });
  const pullRequest = new github.GithubWorkflow(gitHub, 'pull-request', {
    limitConcurrency: true,
    concurrencyOptions: { group: '${{ github.workflow }}-${{ github.ref }}', cancelInProgress: true },
  });
  pullRequest.on({ pullRequest: { branches: ['main'] } });
  pullRequest.addJob(
    'affected',
    job(25, [
      { name: 'Generated files are up to date', run: unchanged('npx projen') },
      { name: 'Terms', run: 'npx tsx projenrc/words/check.ts' },
      { name: 'Circles of imports', run: `npx ${CIRCLES}` },
      {
        name: 'Changed packages have a commit that releases them',
        env: { BASE: 'origin/${{ github.base_ref }}' },
        run: 'npx tsx projenrc/release/releasing-commits.ts "$BASE"',
      },
      { name: 'API.md is up to date', run: unchanged('npx projen api') },
      {
        name: 'Affected',
        env: { BASE: 'origin/${{ github.base_ref }}' },
        run: 'npx nx affected --base="$BASE" -t compile bundle lint typecheck test integration tarball synth cfn-lint rehearse-fast',
      },
    ]),
  );
  pullRequest.addJob(
    'verify-sst',
    sstJob([
      {
        name: 'The real SST CLI, when affected',
        env: { BASE: 'origin/${{ github.base_ref }}' },
        run: 'npx nx affected --base="$BASE" -t verify-sst',
      },
    ]),
  );
  const main = new github.GithubWorkflow(gitHub, 'main');
  main.on({ push: { branches: ['main'] }, schedule: [{ cron: NIGHTLY }], workflowDispatch: {} });
  const [oldest = '', ...others] = NODE_VERSIONS_IN_CI;
  main.addJob('everything', job(60, [{ name: 'Everything', run: '.ci/run' }], [oldest]));
  main.addJob('node', job(45, [{ name: 'Build, tests and rehearsal', run: ON_OTHER_RELEASES }], others));
  main.addJob('oldest-cdk', {
    ...job(30, [{ name: 'Packed packages', run: BESIDE_OLDEST_CDK }], [oldest]),
    name: 'Oldest CDK',
  });
  main.addJob('newest-cdk', {
    // nx knows the CDK by the lock file, which names another release: its cache has the results of that one, and must not get these.
    ...job(45, [{ name: 'Build, unit tests and synth', run: BESIDE_NEWEST_CDK }], [oldest], []),
    name: 'Newest CDK',
    if: "github.event_name != 'push'",
  });
  main.addJob('verify-sst', sstJob([{ name: 'The real SST CLI', run: 'npx nx run @user-metrics/sst:verify-sst' }]));
  addReleaseWorkflow(gitHub);
}

/** On the Node.js that SST 4 asks for. */
function sstJob(steps: github.workflows.JobStep[]): github.workflows.Job {
  return { ...job(25, steps, ['22']), name: 'SST' };
}

function job(
  timeoutMinutes: number,
  steps: github.workflows.JobStep[],
  nodeVersions: string[] = NODE_VERSIONS_IN_CI,
  cache = KEEP_CACHE,
): github.workflows.Job {
  return {
    name: `Node.js ${NODE}`,
    runsOn: ['ubuntu-24.04'],
    permissions: READ_ONLY,
    timeoutMinutes,
    strategy: { failFast: false, matrix: { domain: { node: nodeVersions } } },
    env: { NX_DAEMON: 'false' },
    steps: [
      { name: 'Check out', uses: ACTIONS.checkout, with: { 'fetch-depth': 0, 'persist-credentials': false } },
      { name: 'Set up Node.js', uses: ACTIONS.setupNode, with: { 'node-version': NODE, cache: 'npm' } },
      ...cache,
      { name: 'Install', run: 'npm ci' },
      ...steps,
    ],
  };
}
