import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as ec2 from '@aws-sdk/client-ec2';
import * as rds from '@aws-sdk/client-rds';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { describe, expect, test, vi } from 'vitest';
import { main as rehearsal } from '../../lib/src/cli';

const REPOSITORY = join(__dirname, '..', '..', '..', '..');

/** What is written as a command in a document: lines of blocks, and code in sentences. */
function commandsIn(document: string): string[] {
  const text = readFileSync(join(REPOSITORY, document), 'utf8');
  const blocks = [...text.matchAll(/^```\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.split('\n'));
  const indented = [...text.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line);
  const inline = [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const parts = [...blocks, ...indented, ...inline].flatMap((line) => (line.split(' #')[0] ?? '').split('&&'));
  const commands = parts.map((part) => part.trim()).filter((part) => /^(npx|npm|aws|git|node) \S/.test(part));
  return [...new Set(commands)];
}

/** Options of a command, such as `--stage`; what follows `--` goes to another one. */
const optionsOf = (words: readonly string[]) =>
  words.slice(0, words.includes('--') ? words.indexOf('--') : undefined).filter((word) => word.startsWith('--'));

const { tasks } = JSON.parse(readFileSync(join(REPOSITORY, '.projen', 'tasks.json'), 'utf8')) as {
  readonly tasks: { readonly [name: string]: { readonly steps?: readonly { readonly exec?: string }[] } };
};

type Main = (args: readonly string[]) => Promise<number>;
const foundation = join(dirname(createRequire(__filename).resolve('@user-metrics/foundation/package.json')), 'lib');
/** Command lines whose options are compared. */
const MAINS: { readonly [name: string]: Main } = {
  'user-metrics': createRequire(__filename)(join(foundation, 'src', 'commands', 'cli.js')).main,
  'user-metrics-rehearsal': rehearsal,
};

/** The help of a command; nothing when there is no such command. */
async function helpOf(bin: string, command: string): Promise<string> {
  let help = '';
  const before = { ...process.env };
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    help += text;
    return true;
  });
  try {
    await MAINS[bin]?.([...command.split(' ').filter(Boolean), '--help']);
  } finally {
    write.mockRestore();
    process.env = before;
  }
  // Below an unknown command the help of the whole command line appears.
  return help.startsWith(`Usage: ${bin}${command && ` ${command}`} `) ? help : '';
}

/** What is wrong with a command line of ours. */
async function problemsOfBin(bin: string, words: readonly string[]): Promise<string[]> {
  const [name = '', next = ''] = bin === 'user-metrics' ? words : [];
  // Of a command below a command, such as `baseline capture`; an option would take `--help` for its value.
  const helpOfNext = /^[a-z]+$/.test(next) ? await helpOf(bin, `${name} ${next}`) : '';
  const command = helpOfNext === '' ? name : `${name} ${next}`;
  const help = bin in MAINS ? helpOfNext || (await helpOf(bin, command)) : 'Nothing is known of its options.';
  if (help === '') return [`${bin} has no command ${command}`];
  // projen itself takes --verbose away.
  const known = new Set([...(help.match(/--[a-z][a-z-]*/g) ?? []), '--verbose']);
  return optionsOf(words).flatMap((option) =>
    known.has(option) ? [] : [`${[bin, ...(command ? [command] : [])].join(' ')} has no option ${option}`],
  );
}

async function problemsOfTask([name = '', ...words]: readonly string[]): Promise<string[]> {
  if (name === '' || name.startsWith('-')) return [];
  const exec = tasks[name]?.steps?.at(-1)?.exec;
  if (exec === undefined) return [`projen has no task ${name}`];
  const [, bin = '', command] = /build-then\.sh (\S+)(?: (\S+))?$/.exec(exec) ?? [];
  return bin === '' ? [] : problemsOfBin(bin, [...(command ? [command] : []), ...words]);
}

const SERVICES: { readonly [name: string]: object } = { ec2, rds, secretsmanager, ssm, sts };
const plain = (name: string) => name.replaceAll('-', '').toLowerCase();

/** What is wrong with a call by the AWS CLI, whose names are those of the API in small letters. */
function problemsOfAws([service = '', operation = '', ...words]: readonly string[]): string[] {
  const entry = Object.entries(SERVICES[service] ?? {}).find(([name]) => plain(name) === plain(`${operation}Command`));
  if (!entry) return [`AWS has no ${service} ${operation}`];
  type Schema = readonly [number, string, string, unknown, readonly string[] | (() => Schema)];
  const { schema } = new (entry[1] as new (input: object) => { readonly schema: Schema })({});
  const input = schema[4];
  const members = (typeof input === 'function' ? (input()[4] as readonly string[]) : []).map(plain);
  return optionsOf(words).flatMap((option) =>
    [...members, 'region', 'query'].includes(plain(option)) || option === '--recursive'
      ? []
      : [`${service} ${operation} has no option ${option}`],
  );
}

/** What is wrong with a command; nothing for those of npm and Git. */
async function problemsOf(command: string): Promise<string[]> {
  const [program = '', ...words] = command.split(/\s+/);
  if (program === 'aws') return problemsOfAws(words);
  if (program !== 'npx') return [];
  const [name = '', ...rest] = words;
  if (name === 'projen') return problemsOfTask(rest);
  // The rehearsal runs `cdk bootstrap`.
  if (name === 'cdk')
    return rest[0] === 'bootstrap' ? problemsOfBin('cdk bootstrap', rest.slice(1)) : [`cdk ${rest[0]}`];
  return name in MAINS ? problemsOfBin(name, rest) : [];
}

async function allProblems(commands: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const command of commands) for (const problem of await problemsOf(command)) found.push(`${command}: ${problem}`);
  return found;
}

describe.each(['docs/getting-started.md', 'README.md'])('%s', (document) => {
  const commands = commandsIn(document);

  test('names commands that exist, with options that they have', async () => {
    expect(commands.length).toBeGreaterThan(15);
    expect(await allProblems(commands)).toEqual([]);
  });
});

test.each([
  ['npx projen inti', 'projen has no task inti'],
  ['npx projen deploy --stag dev', 'user-metrics deploy has no option --stag'],
  ['npx projen rehearse --quick', 'user-metrics-rehearsal has no option --quick'],
  ['npx user-metrics rehearse', 'user-metrics has no command rehearse'],
  ['npx cdk bootstrap --qualifer acme', 'cdk bootstrap has no option --qualifer'],
  ['aws ec2 describe-vpc', 'AWS has no ec2 describe-vpc'],
  ['aws ec2 describe-nat-gateways --filters x', 'ec2 describe-nat-gateways has no option --filters'],
])('%s is told to be wrong', async (command, problem) => {
  expect(await problemsOf(command)).toEqual([problem]);
});
