import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, chooseStage, loadFoundation } from '@user-metrics/foundation';
import { checkTemplateTags, describeTagProblem, type Template } from '@user-metrics/tagging';
import type { RehearsalContext } from '../context';
import { findDatabaseFunction } from '../function/database-function';

/** Synthesises every stack of the stage, validation on, and checks the templates. */
export async function synthesise(context: RehearsalContext): Promise<string> {
  const { options, checklist, cleanUp } = context;
  const foundation = await loadFoundation(options.configFile);
  const stage = chooseStage(foundation, options.stage);
  const outdir = mkdtempSync(join(tmpdir(), 'user-metrics-assembly-'));
  cleanUp.add(() => rmSync(outdir, { recursive: true, force: true }));
  const assembly = buildApp(foundation, stage, outdir).synth();
  const missing = (assembly.manifest.missing ?? []).map(({ key }) => `look-up of ${key}`);
  checklist.verdict(
    'synth.stacks',
    missing,
    `${assembly.stacks.length} stacks: ${assembly.stacks.map(({ stackName }) => stackName).join(', ')}`,
  );
  checkTags(
    context,
    assembly.stacks.map(({ templateFullPath }) => templateFullPath),
  );
  const database = assembly.stacks.find(({ stackName }) => stackName.endsWith('-Database'));
  context.databaseFunction = findDatabaseFunction(outdir, String(database?.stackName));
  context.foundation = foundation;
  context.stage = stage;
  return `${assembly.stacks.length} stacks of stage ${stage}`;
}

function checkTags({ checklist }: RehearsalContext, templates: readonly string[]): void {
  const reports = templates.map((file) => checkTemplateTags(JSON.parse(readFileSync(file, 'utf8')) as Template));
  const taggable = reports.reduce((sum, report) => sum + report.taggable, 0);
  const wrong = reports.flatMap(({ violations }) =>
    violations.map(({ logicalId, problem }) => `${logicalId}: ${describeTagProblem(problem)}`),
  );
  const untaggable = reports
    .flatMap((report) => Object.values(report.untaggable))
    .reduce((sum, count) => sum + count, 0);
  checklist.verdict(
    'synth.tags',
    wrong,
    `${taggable} of ${taggable} taggable resources; ${untaggable} more of types that take no tags`,
  );
}
