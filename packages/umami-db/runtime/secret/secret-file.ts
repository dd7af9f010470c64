import { access, constants, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProvisionError } from '../target/provision-error';
import type { SecretStage, SecretStore } from './secret-store';
import type { SecretValue } from './secret-value';

/** Files of a secret that is kept without AWS, readable by nobody else; the staged value lies beside the current one. */
export function secretFile(file: string): SecretStore {
  const files = { AWSCURRENT: file, AWSPENDING: `${file}.pending`, AWSPREVIOUS: `${file}.previous` };
  const read = (stage: SecretStage) => readFile(files[stage], 'utf8').catch(missing);
  const writeOnce = async (stage: SecretStage, value: SecretValue) => {
    const partial = `${files[stage]}.partial`;
    await rm(partial, { force: true });
    try {
      const handle = await open(partial, 'wx', 0o600);
      try {
        await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(partial, files[stage]);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => {});
      throw error;
    }
  };
  const unwritable = (error: Error): never => {
    throw new ProvisionError(
      `The secret's file ${file} cannot be written: ${error.message}. The database was not changed. Give a file in a folder that you may write to with --secret-file, and run it again.`,
      { cause: error },
    );
  };
  const notPromoted = (error: Error): never => {
    throw new ProvisionError(
      `The database has the new password, and ${files.AWSPENDING} holds it; that file cannot be renamed to ${file}: ${error.message}. Remove the cause, and run it again; Umami needs the new password.`,
      { cause: error },
    );
  };
  const write = (stage: SecretStage, value: SecretValue) => writeOnce(stage, value).catch(unwritable);
  return {
    name: `Secret file ${file}`,
    read,
    requireWritable: () => access(dirname(file), constants.W_OK).catch(unwritable),
    write: (value) => write('AWSCURRENT', value),
    stage: (value) => write('AWSPENDING', value),
    promote: async () => {
      if ((await read('AWSPENDING')) !== undefined) await rename(files.AWSPENDING, file).catch(notPromoted);
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
