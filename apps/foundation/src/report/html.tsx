import { type Sections, sectionName, worstFirst } from './check';
import { Badge, CheckRow, className } from './check-row';
import { countByStatus } from './count';
import { FILTER } from './filter';
import { LATER, summariseLater } from './later';
import { renderPage } from './page';
import { localTime, type Report } from './report';
import { Steps } from './steps';

/** The report as one page without anything from outside. */
export function renderHtml(report: Report, sections: Sections): string {
  return renderPage(report.title, '', <Page report={report} sections={sections} />);
}

function Page({ report, sections }: { report: Report; sections: Sections }) {
  const { checks, phases = [], later = [] } = report;
  return (
    <>
      <main>
        <Header report={report} />
        <Contents report={report} sections={sections} />
        <Filter statuses={countByStatus(checks).map(([status]) => status)} />
        {Object.entries(sections).map(([name, ids]) => (
          <Section title={sectionName(name, ids)} checks={checks.filter(({ id }) => id in ids)} />
        ))}
        <Section title={LATER} checks={summariseLater(later)} isLater />
        <RecordedOnly items={report.localAws ?? []} />
        <Steps phases={phases} />
      </main>
      <script dangerouslySetInnerHTML={{ __html: FILTER }} />
    </>
  );
}

function Header({ report: { title, subject, finishedAt, checks, later = [] } }: { report: Report }) {
  const counts = countByStatus([...checks, ...later.filter(({ status }) => status === 'fail')]);
  return (
    <header>
      <h1>{title}</h1>
      <p class="counts">
        {counts.map(([status, count]) => (
          <Badge status={status} count={count} />
        ))}
      </p>
      <dl>
        {Object.entries({ Time: localTime(finishedAt), ...subject }).map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** What each section gave, and what of it is not `pass`: all that most readers want, on the first page. */
function Contents({ report: { checks, phases = [], later = [] }, sections }: { report: Report; sections: Sections }) {
  const open = worstFirst(checks.filter(({ status }) => status !== 'pass'));
  return (
    <nav>
      <h2>Summary</h2>
      <table class="summary">
        <tbody>
          {Object.entries(sections).map(([name, ids]) => (
            <tr>
              <td>
                <a href={`#${anchor(sectionName(name, ids))}`}>{sectionName(name, ids)}</a>
              </td>
              <td>
                <div class="counts">
                  {countByStatus(checks.filter(({ id }) => id in ids)).map(([status, count]) => (
                    <Badge status={status} count={count} />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        {later.length > 0 && <a href={`#${anchor(LATER)}`}>{LATER}</a>}{' '}
        {phases.length > 0 && <a href="#steps">Steps</a>}
      </p>
      {open.length > 0 && <h3>Not pass</h3>}
      <ul class="open">
        {open.map(({ id, title, status }) => (
          <li>
            <Badge status={status} />
            <span>
              <a href={`#${id}`}>{title}</a> <span class="id">{id}</span>
            </span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Shown by its script alone: without JavaScript there is nothing to filter with. */
function Filter({ statuses }: { statuses: readonly Parameters<typeof className>[0][] }) {
  return (
    <form id="filter" hidden>
      <input type="search" placeholder="Filter by id or words" aria-label="Filter by id or words" />
      {statuses.map((status) => (
        <label>
          <input type="checkbox" value={className(status)} checked /> {status}
        </label>
      ))}
    </form>
  );
}

function Section({ title, checks, isLater = false }: { title: string; checks: Report['checks']; isLater?: boolean }) {
  if (checks.length === 0) return null;
  return (
    <section id={anchor(title)}>
      <h2>{title}</h2>
      {worstFirst(checks).map((check) => (
        <CheckRow check={check} hasAnchor={!isLater} />
      ))}
    </section>
  );
}

function RecordedOnly({ items }: { items: NonNullable<Report['localAws']> }) {
  const used = items.filter(({ kind, uses }) => kind === 'recorded only' && uses > 0);
  if (used.length === 0) return null;
  const rows = used.map(({ name, sentence }) => ({
    id: 'local AWS',
    title: name,
    status: 'recorded only' as const,
    evidence: sentence,
  }));
  return (
    <section>
      <h2>Recorded only</h2>
      <p class="soft">The local AWS has taken and kept these, and done nothing with them.</p>
      {rows.map((check) => (
        <CheckRow check={check} hasAnchor={false} />
      ))}
    </section>
  );
}

function anchor(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
