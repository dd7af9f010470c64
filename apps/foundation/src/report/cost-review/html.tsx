import type { CostReview } from '../../cost-review/schema';
import { List, renderPage, Table } from '../page';
import { sectionsOf } from './sections';

/** The review as one page without anything from outside: no script, no network. */
export function reviewHtml(review: CostReview): string {
  const [first, ...others] = sectionsOf(review);
  return renderPage(
    first?.title,
    OWN_STYLE,
    <main>
      <header>
        <h1>{first?.title}</h1>
        {first?.lines.map((line) => (
          <p>{line}</p>
        ))}
      </header>
      <Months review={review} />
      {others.map(({ title, lines, table }) => (
        <section>
          <h2>{title}</h2>
          {lines.length > 0 && <List lines={lines} />}
          {table && table.length > 0 && <Table rows={table} />}
        </section>
      ))}
    </main>,
  );
}

const OWN_STYLE =
  ' td:not(:first-child), th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; } th { text-align: left; font-weight: 600; } th { padding: .4rem .75rem .4rem 0; vertical-align: bottom; } td:last-child, th:last-child { padding-right: 0; } td:first-child { overflow-wrap: anywhere; } svg text { fill: var(--text); font: 12px system-ui, sans-serif; } @media (max-width: 40rem) { svg text { font-size: 24px; } }';

/** In units of the picture, which is half as large on a narrow screen: there is room for a text of twice the size. */
const [WIDTH, HEIGHT, BOTTOM, RIGHT] = [860, 240, 28, 140];

/** The months as bars, with lines at the mark and the limit. */
function Months({ review: { history, limit, lowerMark, currency } }: { review: CostReview }) {
  const lines = currency === 'USD' ? [lowerMark, limit] : [];
  const most = Math.max(...history.map(({ amount }) => amount), ...lines, 1) * 1.1;
  const y = (amount: number) => HEIGHT - (Math.max(amount, 0) / most) * HEIGHT;
  const step = (WIDTH - RIGHT) / Math.max(history.length, 1);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + BOTTOM}`} role="img" aria-label="Cost by month">
      {history.map(({ month, amount }, index) => (
        <g>
          <rect
            x={index * step + step * 0.15}
            y={y(amount)}
            width={step * 0.7}
            height={HEIGHT - y(amount)}
            fill="#6b9bd8"
          />
          <text x={index * step + step / 2} y={y(amount) - 4} text-anchor="middle">
            {amount.toFixed(2)}
          </text>
          <text x={index * step + step / 2} y={HEIGHT + 22} text-anchor="middle">
            {month}
          </text>
        </g>
      ))}
      {lines.map((amount, index) => (
        <g>
          <line
            x1="0"
            x2={WIDTH - RIGHT}
            y1={y(amount)}
            y2={y(amount)}
            stroke={index === 0 ? '#b7791f' : '#c53030'}
            stroke-dasharray="5 3"
          />
          <text x={WIDTH - RIGHT + 6} y={y(amount) + 4}>{`${index === 0 ? 'mark' : 'limit'} $${amount}`}</text>
        </g>
      ))}
    </svg>
  );
}
