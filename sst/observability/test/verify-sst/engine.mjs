// Stands where SST expects the Pulumi CLI. It runs the program that SST bundled against Pulumi's own mocks, and records
// the inputs of every resource instead of making it. What the account would answer comes from RECORDING_ANSWERS.
import crypto from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ACCOUNT = '111122223333';
const COMMON = {
  'aws:index/getCallerIdentity:getCallerIdentity': {
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    userId: ACCOUNT,
  },
  'aws:index/getRegion:getRegion': { id: 'us-east-1', name: 'us-east-1', region: 'us-east-1' },
  'aws:index/getPartition:getPartition': { partition: 'aws', dnsSuffix: 'amazonaws.com' },
  'aws:index/getAvailabilityZones:getAvailabilityZones': {
    names: ['us-east-1a', 'us-east-1b'],
    zoneIds: ['use1-az1', 'use1-az2'],
  },
};
const { env, argv } = process;
const option = (name) => argv[argv.indexOf(name) + 1];

if (argv[2] === 'stack') initialiseStack(argv[4]);
if (argv[2] === 'up') await run();

function initialiseStack(stack) {
  const file = join('.pulumi', 'stacks', `${stack.split('/').slice(1).join('/')}.json`);
  mkdirSync(dirname(file), { recursive: true });
  const latest = { manifest: { time: '2026-01-01T00:00:00Z', magic: '', version: '' }, resources: [] };
  writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { stack, latest } }));
}

async function run() {
  const main = /^main: (.*)$/m.exec(readFileSync('Pulumi.yaml', 'utf8'))[1];
  const { runtime } = createRequire(main)('@pulumi/pulumi');
  const answers = JSON.parse(readFileSync(env.RECORDING_ANSWERS, 'utf8'));
  makeNamesRepeatable();
  const recorded = [];
  const configuration = configurationOf(argv);
  const [, application, stage] = option('--stack').split('/');
  const { tags: defaultTags } = JSON.parse(configuration['aws:defaultTags']);
  for (const [key, value] of Object.entries(configuration)) runtime.setConfig(key, value);
  await runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        recorded.push({ type, name, inputs });
        return { id: id || `${name}-id`, state: { ...inputs, ...madeByAws(type, name, inputs) } };
      },
      call: ({ token, inputs }) => {
        const answer = answers[token];
        // The engine's answer is a gRPC error: Pulumi makes its own of the details.
        if (answer?.error) throw Object.assign(new Error(answer.error), { details: answer.error });
        return answer?.byId?.[inputs.id] ?? answer ?? { ...inputs, ...(COMMON[token] ?? document(token, inputs)) };
      },
    },
    application,
    stage,
    false,
  );
  // Functions are built long after `run()` has returned: the program is at its end when nothing is left to do.
  process.once('exit', () => {
    writeFileSync(env.RECORDING_OUTPUT, JSON.stringify({ resources: recorded, defaultTags }));
    appendFileSync(
      option('--event-log'),
      `${JSON.stringify({ sequence: 1, summaryEvent: { resourceChanges: {} } })}\n`,
    );
  });
  // As Pulumi does (cmd/run): it shows the stack of an error once, wherever that was thrown.
  const shown = new Set();
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error) => {
      process.exitCode = 1;
      if (!shown.has(error)) process.stderr.write(`${error.stack || error.message}\n`);
      shown.add(error);
    });
  }
  await runtime.runInPulumiStack(async () => {
    const program = (await import(pathToFileURL(main).href)).default;
    return typeof program === 'function' ? program() : program;
  });
}

/** SST ends physical names in random letters, and hashes of them are in the names of others. */
function makeNamesRepeatable() {
  crypto.randomBytes = (size) => Buffer.alloc(size, 7);
  syncBuiltinESMExports();
}

function madeByAws(type, name, inputs) {
  const [, service, kind] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  if (kind === undefined) return type.startsWith('random:') ? random(name) : {};
  const fixed = inputs.name ?? inputs.bucket ?? name;
  return { name: fixed, arn: arnOf(service, kind.toLowerCase(), fixed) };
}

/** `--config key=value`, as often as it is given. */
function configurationOf(args) {
  const settings = args.filter((_, index) => args[index - 1] === '--config');
  return Object.fromEntries(settings.map((setting) => setting.split(/=(.*)/s).slice(0, 2)));
}

/** SST reads names out of ARNs, so they have the form that AWS gives them. */
function arnOf(service, kind, name) {
  switch (service) {
    case 's3':
      return `arn:aws:s3:::${name}`;
    case 'iam':
      return `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
    case 'sqs':
    case 'sns':
      return `arn:aws:${service}:us-east-1:${ACCOUNT}:${name}`;
    case 'lambda':
      return `arn:aws:lambda:us-east-1:${ACCOUNT}:${kind}:${name}`;
    default:
      return `arn:aws:${service}:us-east-1:${ACCOUNT}:${kind}/${name}`;
  }
}

/** Policies are made by a call: the statements are what matters. */
function document(token, inputs) {
  return token.endsWith(':getPolicyDocument') ? { json: JSON.stringify(inputs) } : {};
}

function random(name) {
  const bytes = Buffer.alloc(32, name);
  return { result: 'abcdefgh', base64: bytes.toString('base64'), hex: bytes.toString('hex') };
}
