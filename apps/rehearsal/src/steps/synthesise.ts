import { buildApp, chooseStage, loadFoundation, parseStageStackName } from '@user-metrics/foundation';
import { checkStacks, checkTags } from '../checks/templates';
import type { RehearsalContext } from '../context';
import { leaveUsersEnvironment } from '../environment';
import { findDatabaseFunction } from '../function/database-function';
import { temporaryFolder } from '../temporary-folder';

/** Synthesises every stack of the stage, validation on, and checks the templates. */
export async function synthesise(context: RehearsalContext): Promise<string> {
  const { options, cleanUp } = context;
  const foundation = await loadFoundation(options.configFile);
  // The configuration may read the environment; nothing after it does.
  leaveUsersEnvironment();
  const stage = chooseStage(foundation, options.stage);
  const outdir = temporaryFolder('user-metrics-assembly-', cleanUp);
  const assembly = buildApp(foundation, stage, outdir).synth();
  checkStacks(context, assembly);
  checkTags(context, assembly);
  const database = assembly.stacks.find(({ stackName }) => parseStageStackName(stackName)?.concern === 'Database');
  context.databaseFunction = findDatabaseFunction(outdir, String(database?.stackName));
  context.foundation = foundation;
  context.stage = stage;
  return `${assembly.stacks.length} stacks of stage ${stage}`;
}
