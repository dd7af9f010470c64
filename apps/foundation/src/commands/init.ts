import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { type Command, InvalidArgumentError } from 'commander';
import { recordedClients } from '../account/recorded-clients';
import { signedInAccount } from '../account/require-account';
import { CommandError, EXIT } from '../command-error';
import { loadFoundation } from '../config';
import { isRegion } from '../config/identifiers';
import { emailProblem } from '../init/account';
import { NOBODY } from '../init/asking';
import { configText } from '../init/config-text';
import { findConfig } from '../init/find';
import type { Given } from '../init/given';
import type { InitReport } from '../init/report';
import { pathText } from '../init/value';
import { print, say } from '../report/terminal';
import { personAt } from './init/terminal';
import { writeConfig } from './init/write-config';
import { DEFAULT_CONFIG, type End } from './options';

interface InitOptions extends Given {
  readonly region?: string;
  readonly email?: readonly string[];
  readonly output: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Where the tag values of the team are written. */
const TAGS = join(dirname(createRequire(__filename).resolve('@user-metrics/sst/package.json')), 'tags');

/** Finds the values of a configuration in the account and writes the file; asks before it changes one. */
async function init({ output: file, yes, json, region: named, email, ...given }: InitOptions): Promise<number> {
  const region = await regionOf(named);
  const account = await signedInAccount('init', { region });
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const person = isTerminal ? personAt({ input: process.stdin, output: process.stderr }) : undefined;
  say(`Reading account ${account} in ${region}. Nothing in it is changed.`);
  const search = { account, region, given: { ...given, emails: email }, asking: person ?? NOBODY };
  const { values, toDo } = await findConfig(recordedClients(region), search);
  const text = configText({ account, region, tagsModule: tagsModule(file), values });
  const state = await writeConfig(file, text, { yes, person });
  if (json) {
    const shown = values.map((value) => ({ path: pathText(value), value: value.value, from: value.from }));
    const report: InitReport = {
      account,
      region,
      stage: given.stage,
      file,
      state,
      values: shown as never,
      toDo: [...toDo],
    };
    print(JSON.stringify(report, null, 2));
  }
  if (state === 'refused') return 0;
  await loadFoundation(file);
  for (const line of toDo) say(`To do: ${line}`);
  say(`Next: edit the owner in sst/observability/tags.ts, then: npx projen preflight --stage ${given.stage}`);
  return 0;
}

/** The Region of the option, of AWS_REGION or of the AWS profile. */
async function regionOf(named: string | undefined): Promise<string> {
  const region = named ?? (await new STSClient({}).config.region().catch(() => undefined));
  if (isRegion(region)) return region;
  const what = region === undefined ? 'and none is known' : `got: ${region}`;
  throw new CommandError(
    `init must know the AWS Region of the cluster, ${what}. Give it with --region, such as us-east-1.`,
    EXIT.usage,
  );
}

function tagsModule(file: string): string {
  const path = relative(dirname(file), TAGS).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

function addEmail(address: string, before: readonly string[] = []): readonly string[] {
  const problem = emailProblem(address);
  if (problem) throw new InvalidArgumentError(problem);
  return [...before, address];
}

export function addInit(program: Command, end: End): void {
  program
    .command('init')
    .description(
      'look into the account, by reading, and write foundation.config.ts; asks for what the account leaves open',
    )
    .option('--region <region>', 'Region of the cluster (default: AWS_REGION, or that of the AWS profile)')
    .option('--stage <name>', 'name of the stage', 'dev')
    .option('--email <address>', 'who gets the alerts of the budget; several times for several', addEmail)
    .option('--cluster <identifier>', 'Aurora PostgreSQL cluster')
    .option('--database <name>', 'name of the database in it (default: the one it was created with)')
    .option('--admin-secret <name>', "name or ARN of the administrator's secret (default: the one that RDS manages)")
    .option('--security-group <id>', 'security group of the cluster')
    .option('--owner <tool>', 'what manages that security group: none, cloudformation, sst or terraform')
    .option('--block <cidr>', 'a free /24 (default: the highest free one of the VPC)')
    .option('--zones <a,b>', 'two Availability Zones (default: those of NAT gateway and database)', (text) =>
      text.split(','),
    )
    .option('--nat-gateway <id>', 'NAT gateway to share; none for a new one')
    .option('--qualifier <qualifier>', 'qualifier of the bootstrap of the CDK')
    .option('--output <file>', 'file to write', (file) => resolve(file), DEFAULT_CONFIG)
    .option('--yes', 'overwrite the file without asking')
    .option('--json', 'print what was found as JSON')
    .addHelpText(
      'after',
      '\nWithout a terminal nobody is asked: exit code 2 names the option that is missing. Exit code 3: no access, a right is missing, or no cluster.',
    )
    .action(async (options) => end(await init(options)));
}
