// Prints `N passed, N failed` over the steps of .ci/run, the reports of the tests and the checks of the rehearsal.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const [steps = 0, failedSteps = 0] = process.argv.slice(2).map(Number);
let passed = steps;
let failed = failedSteps;

for (const file of expectedReports()) {
  // A run that ended before its first test has no report, and is no pass.
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    testResults = [],
  } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  // A file that could not be loaded has no tests to fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  if (numPassedTests + numFailedTests + broken.length === 0) {
    process.stdout.write(`no tests have run: ${file}\n`);
    failed += 1;
  }
  passed += numPassedTests;
  failed += numFailedTests + broken.length;
}
if (existsSync('rehearsal/report.json')) {
  for (const { status } of JSON.parse(readFileSync('rehearsal/report.json', 'utf8')).checks) {
    if (status === 'pass') passed += 1;
    if (status === 'fail') failed += 1;
  }
}

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** One for each kind of tests that a workspace has. */
function expectedReports() {
  const workspaces = ['packages', 'apps', 'tools', 'sst'].flatMap((folder) =>
    readdirSync(folder).map((name) => `${folder}/${name}`),
  );
  return ['projenrc', ...workspaces].flatMap((folder) =>
    ['unit', 'readme', 'integration', 'endurance', 'account', 'tarball']
      .filter((kind) => existsSync(`${folder}/test/${kind}`))
      .map((kind) => `${folder}/test-reports/${kind}.json`),
  );
}
