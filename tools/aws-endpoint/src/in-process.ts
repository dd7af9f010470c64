/** What came of a run in this process. */
export interface RunInProcess<Result> {
  readonly result: Result;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command or a Lambda function in this process, which has loaded the AWS SDK already, and takes what it writes.
 *
 * @param env the environment that it has meanwhile, and nothing else
 */
export async function runInProcess<Result>(
  env: NodeJS.ProcessEnv,
  run: () => Promise<Result>,
): Promise<RunInProcess<Result>> {
  const before = process.env;
  const written = { stdout: '', stderr: '' };
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const { write } = process[name];
    process[name].write = (text: string | Uint8Array) => {
      written[name] += text;
      return true;
    };
    return () => {
      process[name].write = write;
    };
  });
  process.env = env;
  try {
    return { result: await run(), ...written };
  } finally {
    process.env = before;
    for (const undo of restore) undo();
  }
}

/** What the handler of a bundled Lambda function returned, or the message of what it threw. */
export type HandlerOutcome<Returned> = { readonly returned: Returned } | { readonly thrown: string };

/**
 * Runs the handler of a bundle as at a cold start: the bundle is evaluated anew.
 *
 * @param args what the handler is given
 */
export function runHandler<Returned>(
  bundle: string,
  env: NodeJS.ProcessEnv,
  ...args: readonly unknown[]
): Promise<RunInProcess<HandlerOutcome<Returned>>> {
  return runInProcess(env, async () => {
    delete require.cache[require.resolve(bundle)];
    try {
      return { returned: (await require(bundle).handler(...args)) as Returned };
    } catch (error) {
      return { thrown: (error as Error).message };
    }
  });
}
