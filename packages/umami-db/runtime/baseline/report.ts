import type { BaselineIdentity, NotRead } from './baseline';
import type { BaselineComparison, ComparedFigure, Verdict } from './comparison';

/** A part of a comparison for reading, whatever it is written as. */
export interface BaselineSection {
  readonly title: string;
  /** Sentences. */
  readonly lines: readonly string[];
  /** The first row is the head. Of figures: name, whose, median before, median after, change, 95 % interval. */
  readonly table?: readonly (readonly string[])[];
  /** The figures of the rows after the head. @default - they are of no figures */
  readonly figures?: readonly ComparedFigure[];
}

const TITLES: { readonly [verdict in Verdict]: string } = {
  worse: 'Worse',
  changed: 'Changed, neither better nor worse',
  better: 'Better',
  unclear: 'Unclear',
  same: 'The same',
  'not comparable': 'Not tested',
};

const OF = { umami: 'Umami', others: 'all others', cluster: 'instance or cluster' } as const;

/** A comparison for reading: the result first, then the figures by what became of them, then what was not read and the method. */
export function baselineSections(comparison: BaselineComparison): BaselineSection[] {
  const { before, after, refused, notes, figures, notRead } = comparison;
  const verdicts = Object.keys(TITLES) as Verdict[];
  const found = verdicts.map((verdict) => figures.filter((figure) => figure.verdict === verdict));
  return [
    {
      title: `Database ${after.database} before and after`,
      lines: [summaryOf(comparison)],
      table: identityTable(before, after),
    },
    { title: 'Not compared', lines: refused },
    { title: 'To know', lines: notes },
    ...found.map((ofVerdict, index) => figuresSection(TITLES[verdicts[index] ?? 'same'], ofVerdict)),
    { title: 'Not read', lines: notRead.map(notReadLine) },
    ...(refused.length > 0 ? [] : [{ title: 'Method', lines: METHOD }]),
  ].filter(({ lines, table = [] }: BaselineSection) => lines.length > 0 || table.length > 1);
}

/** How many figures became what, in a sentence. */
export function summaryOf({ refused, figures }: Pick<BaselineComparison, 'refused' | 'figures'>): string {
  if (refused.length > 0) return 'The two cannot be compared. Capture both again under the same conditions.';
  const count = (verdict: Verdict) => figures.filter((figure) => figure.verdict === verdict).length;
  const [worse, changed, better] = [count('worse'), count('changed'), count('better')];
  const others = `${count('same')} the same, ${count('unclear')} unclear, ${count('not comparable')} not tested`;
  return worse + changed + better === 0
    ? `No figure changed: ${others}.`
    : `Figures: ${worse} worse, ${changed} changed, ${better} better; ${others}.`;
}

function identityTable(before: BaselineIdentity, after: BaselineIdentity): string[][] {
  const row = (what: string, shown: (identity: BaselineIdentity) => string) => [what, shown(before), shown(after)];
  return [
    ['', 'before', 'after'],
    row('captured at (UTC)', ({ capturedAt }) => capturedAt.slice(0, 16).replace('T', ' ')),
    row('window', ({ seconds }) => `${seconds} s`),
    row('PostgreSQL', ({ server, aurora }) => (aurora === null ? server : `${server}, Aurora ${aurora}`)),
    row('instance class', ({ instanceClass = 'not known' }) => instanceClass),
    row('server started at (UTC)', ({ startedAt }) => startedAt.slice(0, 16).replace('T', ' ')),
    row('Umami', ({ hasUmami }) => (hasUmami ? 'present' : 'not yet')),
  ];
}

const HEAD = ['figure', 'of', 'before', 'after', 'change', '95 % interval'];

function figuresSection(title: string, figures: readonly ComparedFigure[]): BaselineSection {
  const reasons = new Set(figures.flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
  return { title, lines: [...reasons], table: [HEAD, ...figures.map(rowOf)], figures };
}

function rowOf({ name, of, unit, medianBefore, medianAfter, change }: ComparedFigure): string[] {
  return [
    name,
    OF[of],
    amount(medianBefore, unit),
    amount(medianAfter, unit),
    change ? signed(change.shift, unit) : '',
    change ? `${signed(change.low, unit)} to ${signed(change.high, unit)}` : '',
  ];
}

/** A difference between two percentages is not a percentage. */
function signed(value: number, unit: string): string {
  return `${value > 0 ? '+' : ''}${amount(value, unit === '%' ? 'points' : unit)}`;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T'];

/** A value with its unit: three digits, bytes with a prefix. */
export function amount(value: number | null, unit: string): string {
  if (value === null) return 'not measured';
  if (!unit.startsWith('bytes')) return unit === '1/s' ? `${digits(value)}/s` : `${digits(value)} ${unit}`;
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  return `${digits(value / 1000 ** power)} ${PREFIXES[power]}B${unit.slice('bytes'.length)}`;
}

function digits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

export function notReadLine({ what, state, reason, fix }: NotRead): string {
  const sentence = reason.endsWith('.') ? reason : `${reason}.`;
  return `${what}: ${state}. ${sentence}${fix === undefined ? '' : ` To read it: ${fix}`}`;
}

const METHOD = [
  'Each figure was measured several times within each window. Before and after are medians; the change is the median of all differences between a measurement after and one before (Hodges and Lehmann).',
  'A figure is called changed when its change is at least 20 % of the median before, and at least what matters for its kind, and two tests agree that it is no noise: the exact Wilcoxon rank sum test, and the t-test of Welch with the measurements reduced by their autocorrelation.',
  'Error rate: the probabilities are corrected for the number of figures (Holm), so that at most 5 of 100 comparisons without a change name any figure.',
  'A change tells that the two windows differ, and not why: the load of the application is part of them.',
];

/** The comparison as Markdown, with columns that a terminal shows aligned, too. */
export function baselineMarkdown(comparison: BaselineComparison): string {
  return baselineSections(comparison)
    .map(({ title, lines, table }, index) =>
      [
        `${index === 0 ? '#' : '##'} ${title}\n`,
        ...(lines.length > 0 ? [`${lines.map((line) => (lines.length === 1 ? line : `- ${line}`)).join('\n')}\n`] : []),
        ...(table && table.length > 1 ? [`${markdownTable(table)}\n`] : []),
      ].join('\n'),
    )
    .join('\n');
}

function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => cell(row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => cell(row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
