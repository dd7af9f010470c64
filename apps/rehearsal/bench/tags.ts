import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildApp, chooseStage, type Foundation, loadFoundation } from '@user-metrics/foundation';
import { ObservabilityTags, TagCompliance } from '@user-metrics/tagging';
import { type IPolicyValidationContext, Validations } from 'aws-cdk-lib/core';
import { type Figure, time } from './figure';

const RUNS = 5;

/** Resources among those of the template that lack a tag; fewer than there are types, the last of which takes none. */
const OFFENDERS = 4;

/** What tags and their check cost at synth. */
export async function measureTags(): Promise<Figure[]> {
  const foundation = await loadFoundation(
    join(dirname(require.resolve('@user-metrics/foundation/package.json')), 'foundation.config.ts'),
  );
  await synth(foundation);
  const ratios: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const without = await withoutPlugins(() => synth(foundation));
    ratios.push((await synth(foundation)) / without);
  }
  return [
    { what: 'synth, against the same stacks without our plugins', unit: '×', limit: 1.5, values: ratios },
    { what: 'compliance of a template of 500 resources', unit: 'ms', limit: 50, values: await complianceTimes() },
  ];
}

/** Both at work in a whole synth, the CDK's own validation included. */
async function synth(foundation: Foundation): Promise<number> {
  const outdir = mkdtempSync(join(tmpdir(), 'user-metrics-bench-'));
  try {
    const stage = chooseStage(foundation, Object.keys(foundation.stages)[0]);
    return await time(async () => buildApp(foundation, stage, outdir).synth());
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function withoutPlugins(work: () => Promise<number>): Promise<number> {
  const { addPlugins } = Validations.prototype;
  const { apply } = ObservabilityTags.prototype;
  Validations.prototype.addPlugins = () => undefined;
  ObservabilityTags.prototype.apply = () => undefined;
  try {
    return await work();
  } finally {
    Validations.prototype.addPlugins = addPlugins;
    ObservabilityTags.prototype.apply = apply;
  }
}

async function complianceTimes(): Promise<number[]> {
  const types = [
    'AWS::S3::Bucket',
    'AWS::SSM::Parameter',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::IAM::Policy',
  ];
  const Resources = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [
      `Resource${index}`,
      resource(types[index % types.length] ?? '', index < OFFENDERS),
    ]),
  );
  const folder = mkdtempSync(join(tmpdir(), 'user-metrics-bench-'));
  try {
    const templatePath = join(folder, 'Stack.template.json');
    writeFileSync(templatePath, JSON.stringify({ Resources }));
    const context = { templatePaths: [templatePath] } as unknown as IPolicyValidationContext;
    const times: number[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      times.push(
        await time(async () => {
          const { violations } = new TagCompliance().validate(context);
          if (violations.length !== OFFENDERS)
            throw new Error(`There are ${OFFENDERS} violations, got: ${violations.length}.`);
        }),
      );
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const TAGS = { Project: 'P', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'C', Owner: 'O', DataType: 'Logs' };

function resource(type: string, lacksOwner: boolean): object {
  const { Owner, ...others } = TAGS;
  const tags = lacksOwner ? others : { ...others, Owner };
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { Type: type, Properties: { Tags: type === 'AWS::SSM::Parameter' ? tags : list } };
}
