import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the processes whose environment names a folder. */
export function processesOf(folder: string): string[] {
  const ids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid));
  return ids.filter((id) => read(`/proc/${id}/environ`).includes(folder));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}
