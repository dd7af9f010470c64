import { readFileSync } from 'node:fs';

/** Milliseconds of a process or thread since it started. */
export interface ProcessorTime {
  /** It had a processor. */
  readonly used: number;
  /** It could have gone on, and other processes had every processor. */
  readonly waited: number;
}

/** Of the main thread of a process, or of the thread that asks. Linux only: /proc/<pid>/schedstat. */
export function processorTime(of: number | 'thread-self'): ProcessorTime {
  const [used, waited] = readFileSync(`/proc/${of}/schedstat`, 'utf8').split(' ');
  return { used: Number(used) / 1e6, waited: Number(waited) / 1e6 };
}
