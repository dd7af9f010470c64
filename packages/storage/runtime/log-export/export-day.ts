import { type Export, type ExportTasks, hasExported, isActive } from './export-tasks';

/** How often a task is started that fails, in one run of the function; the next run tries again. */
const ATTEMPTS = 3;

/**
 * Between two requests for the state of a task, in milliseconds: twice as long each time, as a small export takes a second.
 * Logs answers five requests a second for the whole account.
 */
const LOOK_INTERVAL = { first: 500, longest: 5_000 };

/** The time that a run of the function has. */
export interface Clock {
  now(): number;
  /** Whether it is time to stop, so that the next run goes on. */
  isOver(): boolean;
  wait(milliseconds: number): Promise<void>;
}

/**
 * Exports a day of a log group, once nobody else in the account exports.
 *
 * @returns whether it is in the archive; not when the time was over before
 * @throws Error when Logs refuses, or the export keeps failing
 */
export async function exportDay(wanted: Export, tasks: ExportTasks, clock: Clock): Promise<boolean> {
  let attempts = 0;
  let interval = LOOK_INTERVAL.first;
  for (;;) {
    const known = await tasks.list();
    if (known.some((task) => hasExported(task, wanted))) return true;
    let taskId = known.find(isActive)?.taskId;
    if (taskId === undefined) {
      if (attempts === ATTEMPTS) throw new Error(`the export of ${wanted.day} failed ${ATTEMPTS} times`);
      if (clock.isOver()) return false;
      taskId = await tasks.start(wanted);
      if (taskId !== undefined) attempts += 1;
    }
    do {
      if (clock.isOver()) return false;
      await clock.wait(interval);
      interval = Math.min(2 * interval, LOOK_INTERVAL.longest);
    } while (taskId !== undefined && (await tasks.isActive(taskId)));
  }
}
