import { dirname, join, relative, resolve } from 'node:path';
import { type BaselineComparison, baselineMarkdown, compareBaselines } from '@user-metrics/umami-db/verification';
import { type Command, InvalidArgumentError } from 'commander';
import { stageOf } from '../account/deployed-stage';
import { MissingRight, readOrMissing } from '../account/missing-right';
import { requireCredentials } from '../account/require-account';
import { CommandError, EXIT } from '../command-error';
import { baselineHtml } from '../report/baseline/html';
import { baselineTable } from '../report/baseline/terminal';
import { print, say, sayUnread } from '../report/terminal';
import { readBaseline, requireSameCluster, timeOf, writeBaseline } from '../snapshot/baseline-files';
import type { SavedBaseline } from '../snapshot/baseline-schema';
import { snapshotFolder, writeWhole } from '../snapshot/files';
import { firstCaptureFile } from '../snapshot/first-capture';
import { deployedStage } from './assembly/deployed-stage';
import { loadStage } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';
import { compareWithNow, measureBaseline } from './steps/measure-baseline';

/** Options of both commands. */
interface BaselineOptions extends CommonOptions {
  readonly output?: string;
  readonly json?: boolean;
}

async function capture({ config, stage, seconds, output, json }: BaselineOptions & { readonly seconds: number }) {
  const { deployed, cluster, folder } = await stageToMeasure('baseline capture', config, stage);
  say(`Measuring the database of cluster ${cluster.identifier} for ${seconds} s …`);
  const baseline = { ...(await allowed(() => measureBaseline(deployed, seconds))), cluster };
  save(folder, baseline as SavedBaseline, output);
  if (json) print(JSON.stringify(baseline, null, 2));
}

async function compare(
  before: string | undefined,
  after: string | undefined,
  options: BaselineOptions,
): Promise<number> {
  const { comparison, folder } =
    before !== undefined && after !== undefined ? ofFiles(before, after) : await withNow(before, options);
  const files = writeComparison(options.output ?? folder, comparison);
  print(options.json ? JSON.stringify(comparison, null, 2) : baselineTable(comparison));
  say(`Written: ${files.map(shown).join(', ')}`);
  const { refused, figures } = comparison;
  const isWorse = figures.some(({ verdict, of }) => verdict === 'worse' && of !== 'umami');
  return refused.length > 0 || isWorse ? EXIT.failed : 0;
}

/** Compares two files; asks nobody. */
function ofFiles(before: string, after: string) {
  const [one, other] = [readBaseline(before), readBaseline(after)];
  requireSameCluster(one.cluster, other.cluster);
  return { comparison: compareBaselines(one, other), folder: dirname(resolve(after)) };
}

/** Compares a file, or what was measured before the first DDL, with a baseline of now, which is kept. */
async function withNow(before: string | undefined, { config, stage }: BaselineOptions) {
  const { deployed, cluster, folder } = await stageToMeasure('baseline compare', config, stage);
  const earlier = readBaseline(before ?? firstOf(folder, cluster.stage));
  requireSameCluster(earlier.cluster, cluster);
  say(
    `Measuring the database of cluster ${cluster.identifier} for ${earlier.identity.seconds} s, as on ${earlier.identity.capturedAt} …`,
  );
  const { after, comparison } = await allowed(() => compareWithNow(deployed, earlier));
  save(folder, { ...after, cluster } as SavedBaseline);
  return { comparison, folder };
}

/** @throws CommandError when there is none */
function firstOf(folder: string, stage: string): string {
  const first = firstCaptureFile(folder);
  if (first) return first.file;
  throw new CommandError(
    `There is no baseline of before the first DDL in ${folder}. Name a file to compare with: npx projen baseline compare <file> --stage ${stage}`,
    EXIT.usage,
  );
}

async function stageToMeasure(command: string, config: string, name: string | undefined) {
  const chosen = await loadStage(config, name);
  await requireCredentials(command, chosen);
  const { account, region, stage } = chosen;
  const deployed = deployedStage(chosen);
  const cluster = { account, region, stage, identifier: stageOf(deployed).database.clusterIdentifier };
  return { deployed, cluster, folder: snapshotFolder(config, chosen) };
}

async function allowed<T>(work: () => Promise<T>): Promise<T> {
  const result = await readOrMissing(work);
  if (!(result instanceof MissingRight)) return result;
  throw new CommandError(
    `baseline needs ${result.action}, which is denied. Allow it for the IAM identity that runs this command, see docs/permissions.md.`,
    EXIT.account,
  );
}

function save(folder: string, baseline: SavedBaseline, output?: string): void {
  const file = writeBaseline(folder, baseline, output);
  say(`Baseline of ${baseline.figures.length} figures: ${shown(file)}`);
  const unknown = baseline.notRead.filter(({ state }) => state === 'unknown');
  sayUnread(
    unknown.map(
      ({ what, reason, fix }) => `${what} (${reason.replace(/\.$/, '')}${fix ? `; to read it: ${fix}` : ''})`,
    ),
  );
}

function writeComparison(folder: string, comparison: BaselineComparison): string[] {
  const texts = {
    md: baselineMarkdown(comparison),
    json: `${JSON.stringify(comparison, null, 2)}\n`,
    html: baselineHtml(comparison),
  };
  return Object.entries(texts).map(([ending, text]) => {
    const file = join(folder, `baseline-comparison-${timeOf({ identity: comparison.after })}.${ending}`);
    writeWhole(file, text);
    return file;
  });
}

function shown(file: string): string {
  return relative(process.cwd(), file);
}

/** Longest window: the function answers within two minutes. */
const LONGEST = 90;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST) return seconds;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LONGEST}, such as 60.`);
}

export function addBaseline(program: Command, end: End): void {
  const baseline = program
    .command('baseline')
    .description('measure what the existing database does, or compare two such measurements; changes nothing');
  addCommand(baseline, 'capture', 'measure the database and what CloudWatch has of its cluster, into a file')
    .option('--seconds <number>', `length of the window, 1 to ${LONGEST}`, secondsOf, 60)
    .option(
      '--output <file>',
      'file to write (default: snapshots/<account>/<stage>/baseline-<time>.json beside the configuration)',
      (file) => resolve(file),
    )
    .option('--json', 'print the baseline as JSON too')
    .addHelpText('after', '\nExit codes: 0 measured, 1 failed, 2 wrong command or configuration, 3 no access.')
    .action(async (options) => {
      await capture(options);
      end(0);
    });
  addCommand(
    baseline,
    'compare',
    'compare two baselines; without <after> measures now, without <before> takes the one of before the first DDL',
  )
    .argument('[before]', 'file of a baseline')
    .argument('[after]', 'file of a baseline; two files need no account')
    .option('--output <folder>', 'where Markdown, JSON and HTML go (default: beside <after>)', (folder) =>
      resolve(folder),
    )
    .option('--json', 'print the comparison as JSON instead of a table')
    .addHelpText(
      'after',
      "\nExit codes: 0 no figure is worse (Umami's own do not count), 1 one is, or the two cannot be compared, 2 wrong command, configuration or file, 3 no access, or a right is missing.",
    )
    .action(async (before, after, options) => end(await compare(before, after, options)));
}
