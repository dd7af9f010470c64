import { open, readFile, rename, rm } from 'node:fs/promises';
import { ProvisionError } from '../provision/provision-error';
import type { SecretStage, SecretStore } from './secret-store';
import type { SecretValue } from './secret-value';

/** Files of a secret that is kept without AWS, readable by nobody else; the staged value lies beside the current one. */
export function secretFile(file: string): SecretStore {
  const files = { AWSCURRENT: file, AWSPENDING: `${file}.pending`, AWSPREVIOUS: `${file}.previous` };
  const read = (stage: SecretStage) => readFile(files[stage], 'utf8').catch(missing);
  const write = async (stage: SecretStage, value: SecretValue) => {
    const partial = `${files[stage]}.partial`;
    await rm(partial, { force: true });
    const handle = await open(partial, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, files[stage]);
  };
  return {
    name: `Secret file ${file}`,
    read,
    write: (value) => write('AWSCURRENT', value),
    stage: (value) => write('AWSPENDING', value),
    promote: async () => {
      if ((await read('AWSPENDING')) !== undefined) await rename(files.AWSPENDING, file);
    },
  };
}

/** @throws ProvisionError for a file that is there and cannot be read, such as a folder */
function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw new ProvisionError(`The secret file cannot be read: ${error.message}. Give another --secret-file.`, {
    cause: error,
  });
}
