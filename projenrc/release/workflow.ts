import { github } from 'projen';
import { ACTIONS } from '../actions';

const { READ, WRITE } = github.workflows.JobPermission;

/** Trusted publishing needs npm 11.5.1; Node.js 24 may bring an older one. */
const NODE = '24';
const NPM = 'npm install --global npm@^11.5.1';

/** On the page of the run, for the person who approves it. */
const DRY_RUN = [
  'npx projen release --dry-run > plan.txt',
  'printf \'## What would be released\\n\\n```\\n%s\\n```\\n\' "$(cat plan.txt)" >> "$GITHUB_STEP_SUMMARY"',
].join('\n');

const VERSION = [
  "git config user.name 'github-actions[bot]'",
  "git config user.email '41898282+github-actions[bot]@users.noreply.github.com'",
  'before=$(git rev-parse HEAD)',
  'npx projen release',
  'test "$(git rev-parse HEAD)" != "$before" || { echo "No package has a commit that releases it: nothing to publish." >&2; exit 1; }',
  'git push --atomic origin HEAD:main $(git tag --points-at HEAD)',
  'echo "commit=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"',
].join('\n');

/**
 * A release, started by hand on main: everything is checked, a person approves what would be released, versions and tags
 * are pushed, and what the tags name is built, tested as npm would install it, and published. There is no token of npm:
 * npm trusts this workflow of this repository (OIDC), and says so in the provenance of each package.
 */
export function addReleaseWorkflow(gitHub: github.GitHub): void {
  const workflow = new github.GithubWorkflow(gitHub, 'release', {
    limitConcurrency: true,
    concurrencyOptions: { group: 'release', cancelInProgress: false },
  });
  workflow.on({ workflowDispatch: {} });
  workflow.addJob('verify', {
    ...job('Check everything, and show what would be released', 60),
    if: "github.ref == 'refs/heads/main'",
    permissions: { contents: READ },
    steps: [
      ...prepared('${{ github.sha }}'),
      { name: 'Everything', run: '.ci/run' },
      { name: 'A release to a registry on this machine', run: 'npx projen release-rehearsal' },
      { name: 'What would be released', run: DRY_RUN },
    ],
  });
  workflow.addJob('version', {
    ...job('Versions, changelogs and tags', 15),
    needs: ['verify'],
    // Its protection rules ask a person.
    environment: { name: 'release' },
    permissions: { contents: WRITE },
    outputs: { commit: { stepId: 'version', outputName: 'commit' } },
    steps: [
      ...prepared('${{ github.sha }}', { 'persist-credentials': true }),
      { id: 'version', name: 'Write and push them', run: VERSION },
    ],
  });
  workflow.addJob('publish', {
    ...job('Publish what the tags name', 45),
    needs: ['version'],
    environment: { name: 'release' },
    permissions: { contents: READ, idToken: WRITE },
    steps: [
      ...prepared('${{ needs.version.outputs.commit }}'),
      { name: 'Build', run: 'npx projen build' },
      { name: 'The packages as npm would install them', run: 'USER_METRICS_OLDEST_CDK=true npx projen tarball' },
      { name: 'npm with trusted publishing', run: NPM },
      { name: 'Publish', run: 'sh projenrc/release/publish.sh --provenance' },
    ],
  });
}

const job = (name: string, timeoutMinutes: number) => ({
  name,
  runsOn: ['ubuntu-24.04'],
  timeoutMinutes,
  env: { NX_DAEMON: 'false' },
});

/** Nothing is taken from a cache: what another run left there must not get into a package. */
function prepared(ref: string, checkout: object = {}): github.workflows.JobStep[] {
  return [
    {
      name: 'Check out',
      uses: ACTIONS.checkout,
      with: { ref, 'fetch-depth': 0, 'persist-credentials': false, ...checkout },
    },
    { name: 'Set up Node.js', uses: ACTIONS.setupNode, with: { 'node-version': NODE } },
    { name: 'Install', run: 'npm ci' },
  ];
}
