import { render } from 'preact-render-to-string';
import type { Check, CheckStatus, Sections } from './check';
import { countByStatus } from './count';
import { LATER, summariseLater } from './later';
import type { Report } from './report';
import { STYLE } from './style';

/** The report as one page without anything from outside. */
export function renderHtml(report: Report, sections: Sections): string {
  return `<!doctype html>\n${render(<Page report={report} sections={sections} />)}\n`;
}

function Page({ report, sections }: { report: Report; sections: Sections }) {
  const { stage, server, finishedAt, phases, checks, later, localAws } = report;
  const counts = countByStatus([...checks, ...later.filter(({ status }) => status === 'fail')]);
  const laterRows = summariseLater(later);
  const recordedOnly = localAws.filter(({ kind, uses }) => kind === 'recorded only' && uses > 0);
  const total = phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Rehearsal of stage ${stage}`}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <main>
          <header>
            <h1>Rehearsal of stage {stage}</h1>
            <p>
              {server} · {finishedAt} · {seconds(total)}
            </p>
            <p class="counts">
              {counts.map(([status, count]) => (
                <span class={`badge ${className(status)}`}>
                  {count} {status}
                </span>
              ))}
            </p>
          </header>
          {Object.entries(sections).map(([title, ids]) => (
            <Section title={title} checks={checks.filter(({ id }) => id in ids)} />
          ))}
          {laterRows.length > 0 && <Section title={LATER} checks={laterRows} />}
          {recordedOnly.length > 0 && <RecordedOnly items={recordedOnly} />}
          <h2>Steps</h2>
          <table class="steps">
            <tbody>
              {phases.map(({ title, summary, milliseconds }) => (
                <tr>
                  <td>{title}</td>
                  <td class="evidence">{summary}</td>
                  <td class="bar">
                    <i style={`width:${Math.max(1, (100 * milliseconds) / Math.max(1, total))}%`} />
                  </td>
                  <td class="number">{seconds(milliseconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </main>
      </body>
    </html>
  );
}

function Section({ title, checks }: { title: string; checks: readonly Check[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <table class="checks">
        <tbody>
          {checks.map(({ id, title, status, evidence }) => (
            <tr>
              <td>
                <span class={`badge ${className(status)}`}>{status}</span>
              </td>
              <td>
                <strong>{title}</strong>
                <p class="evidence">{evidence}</p>
              </td>
              <td class="id">{id}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RecordedOnly({ items }: { items: Report['localAws'] }) {
  return (
    <section>
      <h2>Recorded only</h2>
      <p class="evidence">The local AWS has taken and kept these, and done nothing with them.</p>
      <table class="checks">
        <tbody>
          {items.map(({ name, sentence }) => (
            <tr>
              <td>
                <span class="badge recorded-only">recorded only</span>
              </td>
              <td>
                <strong>{name}</strong>
                <p class="evidence">{sentence}</p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function className(status: CheckStatus): string {
  return status.replaceAll(' ', '-');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
