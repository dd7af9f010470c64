import {
  type BaselineComparison,
  type BaselineSection,
  baselineSections,
  type ComparedFigure,
  type Verdict,
} from '@user-metrics/umami-db/verification';
import { List, renderPage, Table } from '../page';
import { Samples } from './samples';

/** Classes of the badges of other reports. */
const CLASSES: { readonly [verdict in Verdict]: string } = {
  worse: 'fail',
  changed: 'recorded-only',
  better: 'pass',
  unclear: 'unknown',
  same: '',
  'not comparable': '',
};

/** A comparison of two baselines as one page without anything from outside: no script, no network. */
export function baselineHtml(comparison: BaselineComparison): string {
  const [first, ...sections] = baselineSections(comparison);
  return renderPage(
    first?.title,
    OWN_STYLE,
    <main>
      <header>
        <h1>{first?.title}</h1>
        <Badges figures={comparison.figures} />
        {comparison.refused.length > 0 && first?.lines.map((line) => <p>{line}</p>)}
        <Table name="figures" rows={first?.table ?? []} />
      </header>
      {sections.map((section) => (
        <Section section={section} />
      ))}
    </main>,
  );
}

function Badges({ figures }: { figures: readonly ComparedFigure[] }) {
  const verdicts = (Object.keys(CLASSES) as Verdict[]).map(
    (verdict) => [verdict, figures.filter((figure) => figure.verdict === verdict).length] as const,
  );
  return (
    <p class="counts">
      {verdicts
        .filter(([, count]) => count > 0)
        .map(([verdict, count]) => (
          <span class={`badge ${CLASSES[verdict]}`}>
            {count} {verdict === 'not comparable' ? 'not tested' : verdict}
          </span>
        ))}
    </p>
  );
}

function Section({
  section: { title, lines, table: [head = [], ...rows] = [], figures = [] },
}: {
  section: BaselineSection;
}) {
  const [one, ...more] = lines;
  const shown = rows.map((row, index) => ({ row, figure: figures[index] }));
  const others = shown.filter(({ figure }) => !figure?.change);
  return (
    <section>
      <h2>{title}</h2>
      {more.length === 0 ? one && <p>{one}</p> : <List lines={lines} />}
      {shown.map(({ row, figure }) => figure?.change && <Figure row={row} figure={figure} />)}
      {others.length > 0 && (
        <Table name="figures" rows={[head, ...others.map(({ row }) => row)].map((row) => row.slice(0, 4))} />
      )}
    </section>
  );
}

/** One figure: what it was, what it is, the change with its noise, and every measurement. */
function Figure({
  row: [name, of, before, after, change, interval],
  figure,
}: {
  row: readonly string[];
  figure: ComparedFigure;
}) {
  return (
    <article class="figure">
      <div>
        <strong>{name}</strong> <span class="soft">{of}</span>
      </div>
      <div class="numbers">
        {before} → {after}{' '}
        <span class="soft">
          {change} ({interval})
        </span>
      </div>
      <Samples figure={figure} hasChanged={['worse', 'better', 'changed'].includes(figure.verdict)} />
    </article>
  );
}

const OWN_STYLE = `
.figures td:not(:first-child), .figures th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 0; padding-left: .75rem; }
.figures td:first-child { overflow-wrap: anywhere; } .figures th { text-align: left; font-weight: 600; } .figures { font-size: .88rem; } section .figures { margin-top: .75rem; } header .figures { margin-top: 1rem; max-width: 44rem; }
.figure { display: grid; grid-template-columns: 1fr 1fr 16rem; gap: 0 1rem; align-items: center; padding: .3rem 0; border-top: 1px solid var(--line); font-size: .88rem; break-inside: avoid; }
.figure div { overflow-wrap: anywhere; } .figure strong { font-weight: 600; } .numbers { font-variant-numeric: tabular-nums; } ul { margin: .25rem 0; padding-left: 1.2rem; font-size: .92rem; }
.figure svg { width: 100%; height: auto; print-color-adjust: exact; } .dots.before { fill: var(--soft); } .dots.after { fill: var(--link); } .dots circle { opacity: .45; }
.dots line { stroke-width: 2; } .dots.before line { stroke: var(--soft); } .dots.after line { stroke: var(--link); } .figure .axis { stroke: var(--line); } .figure text { fill: var(--soft); font: 10px system-ui, sans-serif; }
@media screen and (max-width: 50rem) { .figure { grid-template-columns: 1fr; gap: .15rem; } .figures th:nth-child(2):nth-last-child(3), .figures td:nth-child(2):nth-last-child(3) { display: none; } .figures td:not(:first-child), .figures th:not(:first-child) { white-space: normal; } }
@media print { .figure { grid-template-columns: 1fr 1fr 11rem; } h2 { margin-top: 1rem; } }
`;
