import { checkTemplateTags, describeTagProblem, type Template } from '@user-metrics/tagging';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { RehearsalContext } from '../context';

/** The part of an assembly that these checks read. */
export type Templates = {
  readonly manifest: Pick<CloudAssembly['manifest'], 'missing'>;
  readonly stacks: readonly { readonly stackName: string; readonly template: unknown }[];
};

export function checkStacks({ checklist }: Pick<RehearsalContext, 'checklist'>, { manifest, stacks }: Templates): void {
  const lookups = (manifest.missing ?? []).map(({ key }) => `it asks the account for ${key}`);
  const names = stacks.map(({ stackName }) => stackName).join(', ');
  checklist.verdict('synth.stacks', lookups, `${stacks.length} stacks: ${names}`);
}

export function checkTags({ checklist }: Pick<RehearsalContext, 'checklist'>, { stacks }: Templates): void {
  const reports = stacks.map(({ template }) => checkTemplateTags(template as Template));
  const wrong = reports.flatMap(({ violations }) =>
    violations.map(({ logicalId, problem }) => `${logicalId}: ${describeTagProblem(problem)}`),
  );
  const taggable = reports.reduce((sum, report) => sum + report.taggable, 0);
  const untaggable = reports
    .flatMap((report) => Object.values(report.untaggable))
    .reduce((sum, { count }) => sum + count, 0);
  checklist.verdict(
    'synth.tags',
    wrong,
    `${taggable} of ${taggable} taggable resources; ${untaggable} more of types that take no tags`,
  );
}
