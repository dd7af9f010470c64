import { WITHOUT_BORDERS } from '@user-metrics/foundation';
import Table from 'cli-table3';
import { Command, Option } from 'commander';
import { measureAdoption } from './adopt';
import { measureBaseline } from './baseline';
import { measureCostReview } from './cost-review';
import { measureDatabase } from './database';
import { type Figure, median } from './figure';
import { measureFunction } from './function';
import { measureLiveTags } from './live-tags';
import { measureLoad } from './load';
import { measurePurge } from './purge';
import { measureRehearsal } from './rehearsal';
import { measureOneLine, measureWarm } from './repository';
import { measureSnapshot } from './snapshot';
import { measureTags } from './tags';
import { measureUpgrade } from './upgrade';

const PARTS: { readonly [part: string]: () => Promise<Figure[]> } = {
  function: measureFunction,
  database: measureDatabase,
  adopt: measureAdoption,
  upgrade: measureUpgrade,
  purge: measurePurge,
  load: measureLoad,
  baseline: measureBaseline,
  tags: measureTags,
  'live-tags': measureLiveTags,
  'cost-review': measureCostReview,
  snapshot: measureSnapshot,
  rehearsal: measureRehearsal,
  warm: measureWarm,
  'one-line': measureOneLine,
};

async function main(): Promise<void> {
  const program = new Command('bench')
    .description('Measures what the documentation says of speed and size: medians, and ratios within one run')
    .addOption(new Option('--only <parts...>', 'measure these parts alone').choices(Object.keys(PARTS)))
    .option('--json', 'print the figures as JSON')
    .parse();
  const { only = Object.keys(PARTS), json } = program.opts<{ only?: string[]; json?: boolean }>();
  const figures: Figure[] = [];
  for (const part of only) {
    process.stderr.write(`Measuring ${part} …\n`);
    figures.push(...((await PARTS[part]?.()) ?? []));
  }
  process.stdout.write(`${json ? JSON.stringify(figures, null, 2) : table(figures)}\n`);
}

function table(figures: readonly Figure[]): string {
  const rows = new Table({ head: ['what', 'median', 'min – max', 'limit', ''], ...WITHOUT_BORDERS });
  for (const { what, unit, values, limit } of figures) {
    const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map((value) =>
      value.toFixed(value < 10 ? 2 : 0),
    );
    rows.push([
      what,
      `${middle} ${unit}`,
      values.length > 1 ? `${least} – ${most}` : '',
      `${limit} ${unit}`,
      median(values) <= limit ? 'within' : 'over',
    ]);
  }
  return rows.toString();
}

void main();
