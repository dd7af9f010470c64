import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../../report/report';
import type { SnapshotFile } from '../../snapshot/files';
import type { ChosenStage } from '../assembly/synthesise';

/** Packages whose versions say what was deployed. */
const PACKAGES = ['network', 'access', 'umami-db', 'storage', 'cost', 'tagging'];

/** Time for git, in milliseconds. */
const TIMEOUT = 5_000;

interface Where {
  /** File of the configuration. */
  readonly config: string;
  /** @default - AWS itself */
  readonly endpoint?: string | undefined;
  /** Snapshot of before the first deployment. @default - there is none */
  readonly before?: SnapshotFile | undefined;
}

/** What was checked, for the header of the report. */
export async function subjectOf(
  { foundation, stage, account, region, costRegion }: ChosenStage,
  { config, endpoint, before }: Where,
): Promise<Report['subject']> {
  const commit = await commitOf(dirname(config));
  return {
    'What was checked': endpoint === undefined ? 'AWS' : `an emulator of AWS, ${endpoint}`,
    Account: account,
    Region: costRegion === region ? region : `${region}; cost stacks in ${costRegion}`,
    Stage: stage,
    Configuration: config,
    'SHA-256 of the configuration': createHash('sha256').update(JSON.stringify(foundation)).digest('hex'),
    ...(commit === undefined ? {} : { 'Git commit': commit }),
    'Compared with': before
      ? `${before.file}, of ${before.snapshot.takenAt}`
      : 'no snapshot of before the first deployment',
    Versions: [...PACKAGES.map((name) => `${name} ${versionOf(name)}`), `Node.js ${process.version}`].join(', '),
  };
}

function versionOf(name: string): string {
  return createRequire(__filename)(`@user-metrics/${name}/package.json`).version;
}

/** Commit of the configuration's folder; nothing outside of a repository. */
async function commitOf(cwd: string): Promise<string | undefined> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd, timeout: TIMEOUT })).stdout.trim();
  try {
    const commit = await git('rev-parse', 'HEAD');
    const isChanged = (await git('status', '--porcelain', '--untracked-files=no')) !== '';
    return isChanged ? `${commit}, with changes that are not committed` : commit;
  } catch {
    return undefined;
  }
}
