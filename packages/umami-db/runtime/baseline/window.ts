import { setTimeout } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { NotRead } from './baseline';
import { type Latency, measureLatency } from './latency';
import { isOfStatement, readSource } from './read-source';
import type { Reading, Source } from './source';

/** When and how often is measured. */
export interface WindowOptions {
  /** Length in seconds. */
  readonly seconds: number;
  readonly samples: number;
  /** Ends the window early. @default - never */
  readonly signal?: AbortSignal;
  /** Waits some milliseconds. @default - by a timer */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export interface Window {
  readonly readings: ReadonlyMap<Source, readonly Reading[]>;
  readonly latency: readonly Latency[];
  /** Length in seconds of a clock that does not jump. */
  readonly seconds: number;
  readonly failed: readonly NotRead[];
}

/** Probes of each kind in each measurement. */
const PROBES = 50;

/** A server that answers so slowly is not asked any longer. */
const LONGEST = 2;

/** Reads all sources again and again; what the server refuses at first is not asked for again. */
export async function readWindow(
  client: ClientBase,
  sources: readonly Source[],
  options: WindowOptions,
): Promise<Window> {
  const { seconds, samples, signal, wait = (milliseconds) => timer(milliseconds, signal) } = options;
  const start = performance.now();
  const readings = new Map<Source, Reading[]>();
  const failed = new Map<Source, NotRead>();
  const latency: Latency[] = [];
  const isOver = () => signal?.aborted || performance.now() - start > LONGEST * seconds * 1000;
  const read = async (source: Source) => {
    const result = await readSource(client, source);
    if ('at' in result) readings.set(source, [...(readings.get(source) ?? []), result]);
    else failed.set(source, result);
  };
  for (let index = 0; index <= samples && !(index > 0 && isOver()); index += 1) {
    for (const source of sources) if (!source.once && (index === 0 || readings.has(source))) await read(source);
    if (index === samples) break;
    latency.push(...(await measureLatency(client, PROBES).then((batch) => [batch], orNothing)));
    await wait(Math.max(0, start + ((index + 1) * seconds * 1000) / samples - performance.now()));
  }
  const length = (performance.now() - start) / 1000;
  for (const source of sources) if (source.once) await read(source);
  return { readings, latency, seconds: length, failed: [...failed.values()] };
}

function timer(milliseconds: number, signal: AbortSignal | undefined): Promise<unknown> {
  return setTimeout(milliseconds, undefined, { signal }).catch(() => {});
}

/** A server that does not answer a probe in time has no latency of it; a connection that is gone ends the window. */
function orNothing(error: unknown): [] {
  if (!isOfStatement(error)) throw error;
  return [];
}
