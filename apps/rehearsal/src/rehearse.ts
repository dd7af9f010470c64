import type { Phase, Report } from '@user-metrics/foundation/report';
import {
  type DefaultRenderer,
  Listr,
  ListrLogger,
  type ListrTaskWrapper,
  ProcessOutput,
  type SimpleRenderer,
} from 'listr2';
import type { CleanUp } from './clean-up';
import type { RehearsalContext, RehearsalOptions } from './context';
import { Checklist } from './report/checklist';
import { compare } from './steps/compare';
import { prepareDatabase, startServer } from './steps/prepare-database';
import { provision } from './steps/provision';
import { repeat } from './steps/repeat';
import type { Step } from './steps/step';
import { synthesise } from './steps/synthesise';

/** What the rehearsal gave, and what stopped it, if anything did. */
export interface Rehearsal {
  readonly report: Required<Report>;
  readonly error?: Error;
}

/** Runs the steps one after the other and shows how far they are. Everything they start is added to `cleanUp`. */
export async function rehearse(options: RehearsalOptions, cleanUp: CleanUp, signal: AbortSignal): Promise<Rehearsal> {
  const context: RehearsalContext = { options, checklist: new Checklist(), cleanUp, signal };
  const phases: Phase[] = [];
  const tasks = new Listr<unknown, typeof DefaultRenderer, typeof SimpleRenderer>(
    (await stepsOf(context)).map(({ title, run, isSkipped = () => false }) => ({
      title,
      skip: () => isSkipped(context),
      task: async (_, task) => {
        signal.throwIfAborted();
        const start = performance.now();
        const summary = await run(context, (message) => show(task, message));
        phases.push({ title, summary, milliseconds: Math.round(performance.now() - start) });
        task.title = `${title}: ${summary}`;
      },
    })),
    {
      registerSignalListeners: false,
      rendererOptions: { showErrorMessage: false, logger: progressLogger() },
      fallbackRendererOptions: { logger: progressLogger() },
    },
  );
  const error = await tasks.run().then(
    () => undefined,
    (reason: Error) => reason,
  );
  const stage = context.stage ?? options.stage ?? 'unknown';
  const report: Required<Report> = {
    title: `Rehearsal of stage ${stage}`,
    stage,
    subject: subjectOf(context),
    finishedAt: new Date().toISOString(),
    phases,
    checks: context.checklist.all(),
    later: context.checklist.later(),
    localAws: error ? [] : ((await context.localAws?.items()) ?? []),
  };
  return error ? { report, error } : { report };
}

function subjectOf({ options, server, localAws, account }: RehearsalContext): Report['subject'] {
  return {
    'What was checked': localAws ? `an AWS emulator on this machine, ${localAws.endpoint}` : 'no AWS account',
    Account: account ? `${account.id}, ${account.region}` : 'none',
    Database: server ? `PostgreSQL ${server.version}` : 'no server',
    Configuration: options.configFile,
    'Node.js': process.version,
  };
}

/** What deals with the account is loaded only when it is needed: fifteen clients take their time. */
async function stepsOf({ options, checklist }: RehearsalContext): Promise<readonly Step[]> {
  if (!options.fast) return [...DATABASE_STEPS, ...(await import('./steps/account/index.js')).ACCOUNT_STEPS];
  checklist.skipAccount('Left out by --fast');
  return DATABASE_STEPS;
}

const DATABASE_STEPS: readonly Step[] = [
  { title: 'Synthesise the stacks', run: synthesise },
  { title: 'Start PostgreSQL', run: startServer },
  { title: 'Create an application in the database', run: prepareDatabase },
  { title: 'Run the database function', run: provision },
  { title: 'Compare', run: compare },
  { title: 'Update, then delete', run: repeat },
];

function show(task: ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>, message: string): void {
  task.output = message;
}

/** Progress is for the person at the terminal; what a pipe gets is the result alone. */
function progressLogger(): ListrLogger {
  return new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
}
