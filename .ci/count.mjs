// Prints `N passed, N failed` over the steps of .ci/run, the reports of the tests and the checks of the rehearsal, and
// before it why: often only the end of a log is kept. Call: count.mjs <steps that passed> [<log of a step that failed> ...]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Frames of a stack, lines of code, and the summary of vitest: the failed tests are named on their own. */
const NOISE = /^ *(❯|at |\d+\||\||⎯|Test Files |Tests |Start at |Duration |JSON report |$)/;

/** Of a step: the names of the tests that failed come after it. */
const MOST_LINES = 50;

const [steps = '0', ...failedSteps] = process.argv.slice(2);
let passed = Number(steps);
const failures = [];

for (const log of failedSteps) {
  failures.push([`step ${basename(log, '.failed')}`, ...reasons(readFileSync(log, 'utf8'))].join('\n'));
}
for (const file of expectedReports()) {
  // A run that ended before its first test has no report, and is no pass.
  const { numPassedTests = 0, testResults = [] } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const failed = testResults.flatMap(failuresIn);
  if (numPassedTests + failed.length === 0) failed.push(`no tests have run: ${file}`);
  passed += numPassedTests;
  failures.push(...failed);
}
if (existsSync('rehearsal/report.json')) {
  for (const { title, status, evidence } of JSON.parse(readFileSync('rehearsal/report.json', 'utf8')).checks) {
    if (status === 'pass') passed += 1;
    if (status === 'fail') failures.push(`rehearsal: ${title}: ${firstLine(evidence)}`);
  }
}

for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`\n${passed} passed, ${failures.length} failed\n`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** One for each kind of tests that a workspace has. */
function expectedReports() {
  const workspaces = ['packages', 'apps', 'tools', 'sst'].flatMap((folder) =>
    readdirSync(folder).map((name) => `${folder}/${name}`),
  );
  const ofAllPackages = 'projenrc/all-packages';
  return [
    ...(existsSync(ofAllPackages) ? [`${ofAllPackages}/test-reports/tarball.json`] : []),
    ...['projenrc', ...workspaces].flatMap((folder) =>
      ['unit', 'integration', 'endurance', 'account']
        .filter((kind) => existsSync(`${folder}/test/${kind}`))
        .map((kind) => `${folder}/test-reports/${kind}.json`),
    ),
  ];
}

/** The tests of a file that failed, or the file when it could not be loaded. */
function failuresIn({ name, status, message, assertionResults }) {
  const file = name.replace(`${process.cwd()}/`, '');
  if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${firstLine(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages[0])}`);
}

/** The end of what each failed task of nx printed, or of what the step printed. */
function reasons(log) {
  const lines = stripVTControlCharacters(log).split(/\r?\n/);
  const begins = lines.flatMap((line, index) => (/^> nx run \S+$/.test(line) ? [index] : []));
  const blocks = begins.map((begin) => {
    const length = lines.slice(begin + 1).findIndex((line) => /^(> |✔ +|✖ +)nx run |^ NX /.test(line));
    return lines.slice(begin, length < 0 ? lines.length : begin + 1 + length);
  });
  const told = (blocks.length > 0 ? blocks : [lines]).flatMap(([first, ...others]) =>
    [first, ...others.filter((line) => !NOISE.test(line)).slice(-10)].map((line) => `  ${line.slice(0, 300)}`),
  );
  return told.slice(0, MOST_LINES);
}

function firstLine(text = '') {
  return stripVTControlCharacters(text).trim().split('\n')[0].slice(0, 300);
}
