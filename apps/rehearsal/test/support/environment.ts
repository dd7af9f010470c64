import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { clientsFor } from '../../lib/src/account/aws';

/** Nothing listens there: what asks it fails. */
const NOBODY = 'http://127.0.0.1:9';

/** An environment in which every variable that an AWS or PostgreSQL client knows leads elsewhere. */
export function environmentOfSomebody(): NodeJS.ProcessEnv {
  const endpoints = serviceIds().map((id) => `AWS_ENDPOINT_URL_${id.replaceAll(' ', '_').toUpperCase()}`);
  const names = [...variablesOfTheSdk(), ...endpoints];
  return {
    ...Object.fromEntries(names.map((name) => [name, name.includes('_UR') ? NOBODY : 'somebody'])),
    ...Object.fromEntries(['http', 'https', 'all'].map((scheme) => [`${scheme}_proxy`, NOBODY])),
    ...Object.fromEntries(['HTTP', 'HTTPS', 'ALL'].map((scheme) => [`${scheme}_PROXY`, NOBODY])),
    PGHOST: '127.0.0.1',
    PGPORT: '9',
    PGSSLMODE: 'disable',
    PGOPTIONS: '-c search_path=somebody',
  };
}

/** The names that the text of the installed SDK and of the CDK CLI holds. */
function variablesOfTheSdk(): string[] {
  const manifest = createRequire(__filename).resolve('@aws-sdk/client-sts/package.json');
  const modules = join(dirname(manifest), '..', '..');
  const folders = ['@aws-sdk', '@smithy', 'aws-cdk'].map((name) => join(modules, name));
  const options = ['--recursive', '--no-filename', '--only-matching', '--extended-regexp', '--include=*.js'];
  const out = execFileSync('grep', [...options, '\\bAWS_[A-Z0-9_]+\\b', ...folders], { maxBuffer: 2 ** 28 });
  return [...new Set(String(out).trim().split('\n'))];
}

function serviceIds(): string[] {
  const credentials = { accessKeyId: 'unused', secretAccessKey: 'unused' };
  const clients = clientsFor({ endpoint: NOBODY, region: 'us-east-1', credentials });
  return Object.values(clients).map(({ config }) => config.serviceId ?? '');
}
