import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { isNoKeyActive } from '../../src/cost-allocation';
import { TagSchema, type Vocabulary } from '../../src/schema';
import { readAccount } from './account';
import { check, type Summary } from './check';
import { connect, InvalidRegion } from './clients';
import { readCostTags } from './cost-tags';
import { showProgress } from './progress';
import { jsonReport, tableReport } from './report';
import { readStacks } from './stacks';

/** Exit codes, as in the commands of the foundation. */
const EXIT = { compliant: 0, findings: 1, usage: 2, account: 3, inactive: 4 } as const;

interface Options {
  readonly account?: boolean;
  readonly project: string[];
  readonly region?: string;
  readonly allow: Vocabulary;
  readonly json?: boolean;
}

const HELP = `
Exit codes: 0 all comply, 1 some do not or could not be read, 2 invalid usage or nothing to check, 3 no access to the account,
4 all comply, but AWS was asked and none of the keys is an active cost allocation tag.

IAM: cloudformation:ListStacks and ListStackResources, tag:GetResources, iam:ListRoles and iam:List*Tags,
budgets:ListTagsForResource, ssm:GetParameter, cloudformation:GetResource with the read rights of the types it reads
(ReadOnlyAccess suffices).`;

/** The command `tag-compliance`. @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.compliant;
  const program = new Command('tag-compliance')
    .description('Checks the tags of what is deployed: of the resources of stacks, or of everything tagged Project')
    .argument('[stacks...]', 'names of stacks; * stands for any characters', ['UserMetrics-*'])
    .option('--account', 'check everything in the Region that has a tag Project instead, and all IAM roles with one')
    .option('--project <value>', 'with --account: only this value of Project; may be repeated', append, [])
    .option('--region <region>', 'Region of the stacks (default: that of the environment or the profile)')
    .option('--allow <key=values>', 'values beyond the schema, e.g. Component=Kafka,Redis; may be repeated', allow, {})
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .exitOverride()
    .action(async (stacks: string[], options: Options) => {
      requireOneMode(program, options);
      exitCode = await run(stacks, options);
    });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.compliant : EXIT.usage;
    process.stderr.write(`tag-compliance cannot read the account: ${(error as Error).message}\n`);
    return error instanceof InvalidRegion ? EXIT.usage : EXIT.account;
  }
}

async function run(stacks: readonly string[], options: Options): Promise<number> {
  const clients = await connect(options.region);
  const write = (text: string) => void process.stdout.write(text);
  const report = options.json ? jsonReport(write) : tableReport(write);
  const progress = showProgress();
  let summary: Summary;
  try {
    summary = await check(
      clients,
      options.account ? readAccount(clients, options.project) : readStacks(clients, stacks),
      {
        schema: TagSchema.STANDARD.extend(options.allow),
        onFinding: (finding) => report.add(finding),
        onProgress: progress.count,
      },
    );
  } catch (error) {
    report.fail((error as Error).message);
    throw error;
  } finally {
    progress.stop();
  }
  const costTags = await readCostTags(clients);
  report.end(summary, costTags);
  if (summary.resources === 0) {
    const what = options.account ? 'has a tag Project' : `is in a stack ${stacks.join(' or ')}`;
    process.stderr.write(`Nothing in account ${clients.account}, ${clients.region}, ${what}: nothing was checked.\n`);
    return EXIT.usage;
  }
  if (summary.compliant < summary.checked || summary.unread > 0) return EXIT.findings;
  return 'keys' in costTags && isNoKeyActive(costTags) ? EXIT.inactive : EXIT.compliant;
}

/** What would be overlooked is refused: a check of something else is no answer. */
function requireOneMode(program: Command, { account, project }: Options): void {
  if (account && program.args.length > 0)
    program.error(`error: names of stacks must be left out with --account, got: ${program.args.join(' ')}.`);
  if (!account && project.length > 0)
    program.error('error: --project must stand with --account: of stacks every resource is checked.');
}

function append(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

function allow(text: string, vocabulary: Vocabulary): Vocabulary {
  const [, key, values] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!key || !values) throw new InvalidArgumentError('It must be like Component=Kafka,Redis.');
  return { ...vocabulary, [key]: [...(vocabulary[key] ?? []), ...values.split(',')] };
}
